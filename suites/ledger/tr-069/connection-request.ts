import { must, should, untestable } from "../rows.ts";

/** Requirements on the connection request mechanism, TR-069 3.2.2. */
export const connectionRequestRequirements = [
  must("TR-069:3.2.2#http-url", "announces an http URL with host in ConnectionRequestURL"),
  should("TR-069:3.2.2#random-path", "puts a path of its own into ConnectionRequestURL, not the bare root"),
  must("TR-069:3.2.2#digest", "challenges a connection request with Digest"),
  must("TR-069:3.2.2#wrong-credentials", "refuses a connection request with a wrong user name or password"),
  must("TR-069:3.2.2#basic-refused", "refuses Basic credentials, as Digest is required"),
  must("TR-069:3.2.2#digest-verified", "refuses a Digest answer whose nonce, uri or realm is not the one of the challenge"),
  must("TR-069:3.2.2#unauthenticated-silent", "opens no session because of a connection request that it did not authenticate"),
  // What is asked of the ACS here (GET, that URL) is not said to be refused otherwise: hence SHOULD.
  should("TR-069:3.2.2#url-only", "takes connection requests at the path of ConnectionRequestURL alone"),
  should("TR-069:3.2.2#get-only", "takes connection requests as GET alone"),
  must("TR-069:3.2.2#success-status", "answers an authenticated connection request with 200 or 204"),
  must("TR-069:3.2.2#empty-body", "answers an authenticated connection request with a body of zero octets"),
  must("TR-069:3.2.2#answer-first", "answers a connection request before it opens the session"),
  must("TR-069:3.2.2#within-30-seconds", "opens a session within 30 seconds of a connection request"),
  must("TR-069:3.2.2#event", "lists 6 CONNECTION REQUEST in the Inform of that session"),
  untestable(
    "TR-069:3.2.2#any-source",
    "MUST",
    "takes connection requests that carry the right credentials from any source",
    "the bench reaches the phone from one address only",
  ),
  should("TR-069:3.2.2#content-ignored", "ignores data in a connection request"),
  untestable(
    "TR-069:3.2.2#several-accepted",
    "MUST",
    "answers several connection requests ahead of one session all with success",
    "a phone may take itself to be in a session from the first one on, and then 503 is right too",
  ),
  must("TR-069:3.2.2#several-one-session", "opens one session for several connection requests that precede it"),
  must("TR-069:3.2.2#during-session", "answers connection requests during a session with 503, or with success"),
  must("TR-069:3.2.2#session-unharmed", "does not end a session because of a connection request"),
  must(
    "TR-069:3.2.2#after-session",
    "opens one session after the present one for connection requests taken during it, none for refused ones",
  ),
  must("TR-069:3.2.2#excess-503", "refuses connection requests beyond its limit with 503"),
  should("TR-069:3.2.2#no-retry-after", "sends no Retry-After when it refuses a connection request with 503"),
  must(
    "TR-069:3.2.2#no-other-refusal",
    "refuses no authenticated connection request for any other reason than a session or its limit",
  ),
  must("TR-069:3.2.2#credentials-set", "uses the connection request credentials that the ACS has set last"),
  must("TR-069:3.2.2#url-change", "tells the ACS when ConnectionRequestURL changes"),
];
