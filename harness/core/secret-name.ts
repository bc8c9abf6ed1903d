/** How names of parameters, settings and arguments end whose values are secrets: the source of a regular expression, in small letters. */
export const SECRET_NAME = "(?:pass(?:word|wd|phrase)?|presharedkey)\\d*";
