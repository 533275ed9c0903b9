// ISO 8601 dates in words, without the reader's locale: the same page says the same everywhere.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];

/** "2025-08-06" as "6 August 2025", "2025-08" as "August 2025"; anything else as it is. */
function dateInWords(date) {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date || "");
  if (!match) return date || "";
  const [, year, month, day] = match;
  const name = MONTHS[Number(month) - 1];
  if (!name) return year;
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

/** Whether a string sorts as a date. */
const isDate = (date) => /^\d{4}(-\d{2}){0,2}/.test(date || "");

/** 1234567 as "1,234,567". */
const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many || `${one}s`}`;
