/** What the ACS asks of the phone. */
export type Authentication =
  | { readonly scheme: "none" }
  | {
      readonly scheme: "basic";
      readonly username: string;
      readonly password: string;
      readonly realm?: string;
      readonly scope?: Scope;
    }
  | {
      readonly scheme: "digest";
      readonly username: string;
      readonly password: string;
      readonly realm?: string;
      /** Default MD5. */
      readonly algorithm?: DigestAlgorithm;
      /** Value of qop in the challenge; `none` leaves it out, as RFC 2069 had it. Default `auth`. */
      readonly qop?: "auth" | "none" | "auth,auth-int";
      readonly opaque?: string;
      readonly scope?: Scope;
    };

/** `session` (default): one accepted request opens the whole session. `request`: every POST has to carry credentials. */
export type Scope = "session" | "request";
export type DigestAlgorithm = "MD5" | "MD5-sess" | "SHA-256";

/** A request of the phone as the authentication saw it. */
export interface AuthenticationRecord {
  /** `POST #12 (Inform), session 3`. */
  readonly where: string;
  /** Scheme of the Authorization field, in lower case; absent when there is none. */
  readonly scheme: string | undefined;
  /** Fields of a Digest answer, or `username` of Basic; never a password. */
  readonly fields: Readonly<Record<string, string>>;
  /** `accepted`, or what was wrong, in words: `no Authorization field`, `wrong response`, `nonce not ours`. */
  readonly outcome: string;
}
