import { must } from "../rows.ts";

/** The course of a session as the phone has to follow it, TR-069 section 3.7. */
export const sessionRequirements = [
  must("TR-069:3.7#inform-first", "begins each session with an Inform"),
  must("TR-069:3.7#one-inform", "sends one Inform in a session, apart from repetitions that it is asked for"),
  must("TR-069:3.7#one-session", "has no more than one session at a time"),
  must("TR-069:3.7.1.3#empty-post", "sends an empty POST when it has no request and owes no response"),
  must("TR-069:3.7.1.2#next-post", "answers a request in the next POST that it sends"),
  must("TR-069:3.7.1.2#many-requests", "answers requests for as long as the session lasts"),
  must("TR-069:3.4.6#no-pipelining", "sends no POST before the answer to the one before"),
  must("TR-069:A.3.3.1#max-envelopes-ignored", "ignores the value of MaxEnvelopes"),
];
