import { Alarms } from "../alarms.ts";
import { decodeXml, readXml, type XmlNode, XmlRefused } from "../cwmp/xml-read.ts";
import type { Device } from "../device.ts";
import { ownFetch } from "../own-fetch.ts";
import type { PageProblem } from "./seams.ts";

/** Milliseconds in which pages are counted that come one on top of the other. */
const LATELY = 10_000;

/** The phone's browser for the vendor's own XML. It shows one page at a time. */
export class Minibrowser {
  readonly #device: Device;
  readonly #alarms: Alarms;
  /** When pages were shown lately. */
  #shownAt: number[] = [];
  /** Counts what was opened, so that a page which comes late does not replace a later one. */
  #opened = 0;

  constructor(device: Device) {
    this.#device = device;
    this.#alarms = new Alarms(device.clock);
  }

  off(): void {
    this.#opened += 1;
    this.#alarms.cancelAll();
  }

  /** Shows a page in place of the one before, or tells what keeps it from that. */
  push(page: XmlNode): PageProblem | undefined {
    const { seams, clock } = this.#device;
    const { vendor } = seams;
    const text = textOf(page);
    const now = clock.now();
    this.#shownAt = this.#shownAt.filter((at) => at > now - LATELY);
    if (!vendor.isPage(page.name)) return "no page";
    if (text.length > vendor.pageLimit()) return "too large";
    if (!vendor.isReadable(text)) return "malformed";
    if (!vendor.showsMore(this.#shownAt.length)) return "too many";
    this.#shownAt.push(now);
    this.#show(page, vendor.showsAll(text.length));
    return undefined;
  }

  /** Something came that is no page: what is shown stays. */
  refuse(problem: PageProblem): void {
    const { vendor } = this.#device.seams;
    if (vendor.closesForBadPage()) this.off();
    if (vendor.restartsAfter(problem)) this.#device.whenIdle(() => this.#device.restart());
  }

  /** Goes on to another page. What comes instead of one ends the browser. */
  open(url: string): void {
    this.off();
    const opened = this.#opened;
    void this.#fetch(url).then((content) => {
      if (opened !== this.#opened || content === undefined) return;
      const page = readPage(content);
      const problem = page === undefined ? "malformed" : this.push(page);
      if (problem !== undefined) this.#device.log(`minibrowser: ${url}: ${problem}`);
    });
  }

  #show(page: XmlNode, toItsEnd: boolean): void {
    const { vendor } = this.#device.seams;
    if (vendor.replacesPage()) this.off();
    const [first = page] = isNamed(page, "Batch") ? page.children : [];
    this.#device.log(`minibrowser: ${first.name}: ${sub(first, "Title")?.text.trim() ?? ""}`);
    if (!toItsEnd) return;
    const image = isNamed(first, "ImageFile") ? sub(first, "URL")?.text.trim() : undefined;
    if (image !== undefined && vendor.fetchesImage()) void this.#fetch(image);
    const fetch = sub(first, "fetch");
    const target = fetch === undefined ? undefined : vendor.fetchTarget(fetch.text.trim());
    // An alarm of its own, so that it is the new page that takes away the old one and not the new alarm.
    if (target !== undefined) this.#alarms.set(target, vendor.fetchDelay(fetch?.attributes.mil ?? ""), () => this.open(target));
  }

  async #fetch(url: string): Promise<Buffer | undefined> {
    const came = await ownFetch(this.#device, url);
    if (came.kind === "file") return came.content;
    this.#device.log(`minibrowser: ${url}: ${came.text}`);
    return undefined;
  }
}

/** The root element of a page; undefined when it is not well-formed. */
export function readPage(content: Buffer): XmlNode | undefined {
  try {
    return readXml(decodeXml(content), { refusesDoctype: () => true, seesEmptyTag: () => true, cdata: (text) => text });
  } catch (error) {
    if (error instanceof XmlRefused) return undefined;
    throw error;
  }
}

const textOf = ({ text, children }: XmlNode): string => text + children.map(textOf).join("");

/** Names in a page have no case. */
const sub = ({ children }: XmlNode, name: string): XmlNode | undefined =>
  children.find((child) => child.name.toLowerCase() === name.toLowerCase());

const isNamed = ({ name }: XmlNode, kind: string): boolean => name.toLowerCase().endsWith(`ipphone${kind.toLowerCase()}`);
