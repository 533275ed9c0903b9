"""What English words are: lists as data in ``en/``, typed tables read from them once."""
