/**
 * What can be wrong with octets that should be a message or an option.
 *
 * - `truncated`: it ends before a field does, or before a length says
 * - `length`: a length that the field cannot have
 * - `empty`: a length of 0 where a value is told; no standard forbids all of them, so whoever judges decides
 * - `value`: a value that the field cannot have
 * - `duplicate`: something stands twice that may stand once
 * - `byte-order`: an enterprise number that is one of ours with its octets reversed
 * - `end`: no end option, or something other than padding behind it
 * - `trailing`: octets that are left over
 * - `cookie`: not the magic cookie of DHCP
 * - `pointer`: a compressed name of DNS that leads nowhere, forwards or in a circle
 */
export type ProblemKind =
  | "truncated"
  | "length"
  | "empty"
  | "value"
  | "duplicate"
  | "byte-order"
  | "end"
  | "trailing"
  | "cookie"
  | "pointer";

/** One thing that is wrong with octets, and where. */
export interface OctetProblem {
  readonly kind: ProblemKind;
  /** Octet of what was read, counted from 0. */
  readonly offset: number;
  /** A few words for a person. */
  readonly text: string;
  /** Who says so: `RFC-3925:4`. */
  readonly clause: string;
}

/** Where an octet of a part stands in the whole that it was taken from. */
export type Place = (offset: number) => number;

/** The part is the whole. */
export const inPlace: Place = (offset) => offset;
