// Shapes and lines drawn small, for lists and the legend.

/** The shape of a family, drawn small: never colour alone. */
function swatch(family) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `swatch family-${family.name}`);
  svg.setAttribute("aria-hidden", "true");
  const shapes = {
    dot: "M8 2a6 6 0 1 0 .01 0z", square: "M2.5 2.5h11v11h-11z", triangle: "M8 1.5 15 14H1z",
    triangleDown: "M8 14.5 15 2H1z", diamond: "M8 1 15 8 8 15 1 8z",
    hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
    star: "M8 1l2 4.9 5.2.4-4 3.4 1.3 5.1L8 12l-4.5 2.8 1.3-5.1-4-3.4L6 5.9z",
  };
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapes[family.shape] || shapes.dot);
  const tone = isDark() ? family.dark : family.light;
  path.setAttribute("fill", family.hollow ? "none" : tone);
  path.setAttribute("stroke", tone);
  path.setAttribute("stroke-width", family.hollow ? "2" : "1");
  svg.append(path);
  return svg;
}

/** The line of a status, drawn small. */
function lineSample(style) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 36 12");
  svg.setAttribute("class", "line");
  svg.setAttribute("aria-hidden", "true");
  const tone = isDark() ? style.dark : style.light;
  const stroke = (d, dash) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    path.setAttribute("stroke", tone);
    path.setAttribute("stroke-width", "2");
    path.setAttribute("fill", "none");
    if (dash.length) path.setAttribute("stroke-dasharray", dash.map((n) => n * 0.8).join(" "));
    svg.append(path);
  };
  stroke("M1 6h34", style.dash);
  if (style.mark === "×") stroke("M13 1l10 10M23 1L13 11", []);
  if (style.mark === "∴") stroke("M17 1h2.5M12.500 10h2.5M21.500 10h2.5", []);
  if (style.mark === "?") stroke("M15 3.5q3-4 5.500 0-.5 2-2.500 3.500M18 10v1.500", []);
  return svg;
}
