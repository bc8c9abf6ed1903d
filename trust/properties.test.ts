import fc from "fast-check";
import { expect, test } from "vitest";
import { Splitter } from "../harness/acs/splitter.ts";
import { parseXml } from "../harness/wire/parse.ts";
import { decodeEnvelope } from "../harness/wire/soap.ts";
import { parseIncoming } from "../simulator/cwmp/soap.ts";
import { reference } from "../simulator/seams.ts";
import { cases } from "../suites/index.ts";
import { conversation, exchangesOf } from "./vectors.ts";

// What has to hold for any octets at all: nothing throws, nothing is lost, and a judge always says where it looked.

const messages = [...conversation("genieacs"), ...conversation("scripted")];
const bodies = messages.map(({ body }) => body).filter(({ length }) => length > 0);
const passive = cases.filter(({ id, passive: isPassive }) => isPassive === true && id.startsWith("cwmp."));

/** A message of others with octets put in, taken out or replaced somewhere. */
const damaged = fc
  .record({
    body: fc.constantFrom(...bodies),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    gone: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.constantFrom("<", ">", "&", "]]>", "<!--", "</", "xmlns=", "\u0000", "<x/>").map((text) => Buffer.from(text)),
    ),
  })
  .map(({ body, place, gone, put }) => {
    const at = Math.floor(place * body.length);
    return Buffer.concat([body.subarray(0, at), put, body.subarray(at + gone)]);
  });

test("any octets can be read, by either side", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((octets) => Buffer.from(octets)),
        damaged,
      ),
      (octets) => {
        const { malformed, root } = parseXml(octets);
        expect(malformed !== undefined || root !== undefined).toBe(true);
        const envelope = decodeEnvelope(octets, "a message");
        expect(envelope.at("Inform/DeviceId/OUI").where).toMatch(/^a message/);
        expect(["message", "malformed"]).toContain(parseIncoming(octets, reference.soap).kind);
      },
    ),
    { numRuns: 3000, seed: 1 },
  );
});

test("rules for every message judge whatever was sent, and say where they looked", () => {
  const exchanges = exchangesOf(conversation("scripted"));
  fc.assert(
    fc.property(fc.nat({ max: exchanges.length - 1 }), damaged, (index, body) => {
      const run = exchanges.map((exchange, place) =>
        place === index
          ? { ...exchange, request: { ...exchange.request, body, envelope: decodeEnvelope(body, "the message") } }
          : exchange,
      );
      for (const one of passive)
        for (const { expected, where, requirement } of one.judge({ exchanges: run, model: new Set() })) {
          expect(one.proves).toContain(requirement);
          expect(expected).not.toBe("");
          expect(where).not.toBe("");
        }
    }),
    { numRuns: 150, seed: 1 },
  );
});

test("requests are told apart wherever the stream is cut", () => {
  const requests = messages.filter(({ start }) => start.startsWith("POST"));
  const stream = Buffer.concat(requests.map(({ raw }) => raw));
  fc.assert(
    fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 200 }), (cuts) => {
      const splitter = new Splitter();
      const places = [...cuts, 0, stream.length].sort((a, b) => a - b);
      for (let index = 1; index < places.length; index += 1) splitter.feed(stream.subarray(places[index - 1], places[index]));
      for (const { raw } of requests) expect(splitter.take()?.raw.equals(raw)).toBe(true);
      expect(splitter.inside).toBe(false);
    }),
    { numRuns: 40, seed: 1 },
  );
});
