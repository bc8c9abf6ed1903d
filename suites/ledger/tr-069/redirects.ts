import { must, should } from "../rows.ts";

/** HTTP redirects, TR-069 section 3.4.2. */
export const redirectsRequirements = [
  must("TR-069:3.4.2#redirect-302", "sends its Inform again where a 302 points to"),
  must("TR-069:3.4.2#redirect-307", "sends its Inform again where a 307 points to"),
  must("TR-069:3.4.2#redirect-body", "ignores the body of a redirect"),
  must("TR-069:3.4.2#redirect-rest-of-session", "uses the URL of a redirect for the rest of the session"),
  must("TR-069:3.4.2#redirect-empty-post", "follows a redirect of its empty POST"),
  must("TR-069:3.4.2#redirect-response", "follows a redirect of a POST with a response"),
  must("TR-069:3.4.2#five-redirects", "follows five redirects in a row"),
  // It may give up after more than five; that it has to some time is what HTTP asks of every client (RFC 9110 15.4).
  should("TR-069:3.4.2#redirect-loop", "does not follow redirects without end"),
  must("TR-069:3.4.2#redirect-not-saved", "does not use the URL of a redirect in later sessions, or as its ACS URL"),
  must("TR-069:3.4.2#redirect-not-for-retries", "does not use the URL of a redirect for retries of the session"),
  must("TR-069:3.4.2#redirect-301-not-saved", "does not save the URL of a 301 either"),
  must("TR-069:3.4.2#redirect-cookies", "sends the cookies of the session to where it is redirected"),
];
