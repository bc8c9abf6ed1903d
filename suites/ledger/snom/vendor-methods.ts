import { must, should } from "../rows.ts";

const CUSTOMIZE = "SNOM-TR-069:X-snom-Customize";

/** Kinds of tarballs that are no good, and what makes them so. */
const BAD_TARBALLS = [
  ["broken", "is broken"],
  ["text", "is a text"],
  ["no-skin", "has nothing for a phone in it"],
  ["missing", "is not to be had"],
  ["unreachable", "is on a server that does not answer"],
] as const;

/** The two methods of the vendor's own. What the guide leaves open, and what becomes of bad arguments, is decided here, as SHOULD. */
export const vendorMethodRequirements = [
  must("SNOM-TR-069:GetRPCMethods#vendor-methods", "lists Customize and Minibrowser, if it supports them"),
  must("SNOM-TR-069:GetRPCMethods#listed-answer", "supports each method of its vendor's own that it lists"),
  should("SNOM:rpc-methods#spellings", "answers the other spelling of a method alike, or as one that it does not have"),
  should("SNOM:rpc-methods#prefix", "has its vendor's methods under names of the vendor's only"),

  must(`${CUSTOMIZE}#response`, "answers Customize"),
  must(`${CUSTOMIZE}#fetches`, "fetches the tarball that Customize names, once"),
  must(`${CUSTOMIZE}#upload-gui-set`, "takes the address of a tarball in X_snom_UploadGUI"),
  must(`${CUSTOMIZE}#upload-gui-fetched`, "fetches the tarball that X_snom_UploadGUI names"),
  must(`${CUSTOMIZE}#upload-web-set`, "takes the address of a tarball in X_snom_UploadWeb"),
  must(`${CUSTOMIZE}#upload-web-fetched`, "fetches the tarball that X_snom_UploadWeb names"),
  should("SNOM:customize#upload-gui", "has the address of the tarball that Customize brought in upload_gui"),
  ...BAD_TARBALLS.flatMap(([kind, says]) => [
    should(`SNOM:customize#${kind}-alive`, `lives on when the tarball ${says}`),
    should(`SNOM:customize#${kind}-old-state`, `keeps its looks when the tarball ${says}`),
  ]),
  should("SNOM:customize#empty-answered", "answers Customize with an empty address, with a fault or not"),
  should("SNOM:customize#empty-alive", "lives on after Customize with an empty address"),
  should("SNOM:customize#after-failure", "fetches the next tarball after one that was no good"),

  must("SNOM-TR-069:X-snom-Minibrowser#element", "takes a page as an element inside that of the method"),
  should("SNOM:minibrowser#fetch", "goes on to the page that fetch names"),
  should("SNOM:minibrowser#fetch-time", "goes on after the milliseconds that fetch gives"),
  should("SNOM:minibrowser#text", "takes a page as text inside the element of the method"),
  should("SNOM:minibrowser#text-shown", "shows a page that came as text"),
  should("SNOM:minibrowser#unicode", "takes a page with letters of any script"),
  should("SNOM:minibrowser#unicode-shown", "shows a page with letters of any script"),
  should("SNOM:minibrowser#large", "refuses a page of 64 KiB, or shows all of it, and lives on"),
  should("SNOM:minibrowser#huge", "refuses a page of 256 KiB, or shows all of it, and lives on"),
  should("SNOM:minibrowser#malformed-answered", "answers a page that is not well-formed, with a fault or not"),
  should("SNOM:minibrowser#malformed-alive", "lives on after a page that is not well-formed"),
  should("SNOM:minibrowser#malformed-page-stays", "keeps its page when the next one is not well-formed"),
  should("SNOM:minibrowser#foreign-answered", "answers an element that is no page, with a fault or not"),
  should("SNOM:minibrowser#foreign-alive", "lives on after an element that is no page"),
  should("SNOM:minibrowser#empty-answered", "answers Minibrowser without a page, with a fault or not"),
  should("SNOM:minibrowser#empty-alive", "lives on after Minibrowser without a page"),
  should("SNOM:minibrowser#many", "takes one page after the other in a session"),
  should("SNOM:minibrowser#last-shown", "shows the page that came last, and no other"),
];
