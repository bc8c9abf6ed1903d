import { must } from "../rows.ts";

/** Cookies of a session, TR-069 section 3.4.2. */
export const cookiesRequirements = [
  must("TR-069:3.4.2#cookie", "returns a cookie in each later POST of the session"),
  must("TR-069:3.4.2#cookie-without-path", "returns a cookie without Path to the path that set it"),
  must("TR-069:3.4.2#several-cookies", "returns several cookies"),
  must("TR-069:3.4.2#cookie-storage", "stores cookies of up to 512 octets"),
  must("TR-069:3.4.2#cookie-attributes", "returns a cookie without the attributes that it was set with"),
  must("TR-069:3.4.2#cookie-separator", "separates cookies of the old style by semicolons"),
  must("TR-069:3.4.2#cookie-changed", "returns the value that a cookie was last set to"),
  must("TR-069:3.4.2#cookies-discarded", "discards session cookies at the end of the session"),
];
