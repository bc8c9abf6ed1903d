/** A cookie of the ACS. It lives no longer than the session. */
export interface Cookie {
  readonly name: string;
  /** As it was set, quotes included. */
  readonly value: string;
  /** Everything behind the value in Set-Cookie: `Path=/; HttpOnly`. */
  readonly attributes: string;
  /** When it ends before the session does: milliseconds since the epoch. */
  readonly expires: number | undefined;
}

/** End of a cookie's life: Max-Age goes before Expires (RFC 6265 5.3). */
function expiryOf(attributes: string, now: number): number | undefined {
  const age = /(?:^|;)\s*max-age\s*=\s*"?(-?\d+)/i.exec(attributes)?.[1];
  if (age !== undefined) return now + Number(age) * 1000;
  const date = Date.parse(/(?:^|;)\s*expires\s*=\s*"?([^;"]+)/i.exec(attributes)?.[1] ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** The jar after `Set-Cookie: value`: a cookie of the same name is replaced in its place, one without a name is ignored. */
export function storeCookie(jar: readonly Cookie[], value: string, now: number): readonly Cookie[] {
  const [, name, content = "", attributes = ""] = /^\s*([^=;\s]+)\s*=\s*("[^"]*"|[^;]*?)\s*(?:;\s*(.*))?$/s.exec(value) ?? [];
  if (name === undefined) return jar;
  const cookie = { name, value: content, attributes, expires: expiryOf(attributes, now) };
  return jar.some((other) => other.name === name) ? jar.map((other) => (other.name === name ? cookie : other)) : [...jar, cookie];
}

/**
 * Value of the Cookie field, `undefined` when there is nothing to send. All POSTs of a session go to one ACS, redirected or not, so
 * neither domain nor path is looked at (TR-069 3.4.2).
 */
export function cookieHeader(jar: readonly Cookie[], now: number): string | undefined {
  const alive = jar.filter(({ expires }) => expires === undefined || expires > now);
  return alive.length === 0 ? undefined : alive.map(({ name, value }) => `${name}=${value}`).join("; ");
}
