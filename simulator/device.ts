import type { Clock } from "./clock.ts";
import type { XmlNode } from "./cwmp/xml-read.ts";
import type { DataModel } from "./data-model/model.ts";
import type { Running } from "./data-model/special-values.ts";
import type { DeviceKind } from "./device-kind.ts";
import type { Trust } from "./dial.ts";
import type { HostFinder } from "./dns/resolver.ts";
import type { LanPort } from "./network.ts";
import type { Seams } from "./seams.ts";
import type { PhoneState, SkinSetting } from "./state.ts";
import type { PageProblem } from "./vendor-methods/seams.ts";

/** The phone's looks, as far as others have a say in them. */
export interface Looks {
  /** Fetches a tarball when no session is going on. If it is good, `setting` keeps its address. */
  load(setting: SkinSetting, url: string): void;
  /** An address was no address. */
  refuse(url: string): void;
}

/** The phone's screen for pages of the vendor's own XML. */
export interface Screen {
  /** Shows a page in place of the one before, or tells what keeps it from that. */
  push(page: XmlNode): PageProblem | undefined;
  /** Something came that is no page. */
  refuse(problem: PageProblem): void;
  /** Goes on to another page. */
  open(url: string): void;
}

/** What is told to whoever looks for the ACS. */
export interface AcsFinding {
  /** A TCP connection to the ACS is there, or could not be had. */
  dialled(succeeded: boolean): void;
  /** The ACS has answered an Inform. */
  informed(): void;
}

/** The phone as its parts see it: what it knows, and what can be done to it as a whole. */
export interface Device {
  readonly kind: DeviceKind;
  readonly clock: Clock;
  readonly seams: Seams;
  readonly state: PhoneState;
  readonly model: DataModel;
  readonly running: Running;
  readonly skins: Looks;
  readonly minibrowser: Screen;
  /** Whom it believes when a server shows a certificate; undefined when it was told of no authorities of its own. */
  readonly trust: Trust;
  /** Its interface of a LAN, when it is on one. */
  readonly lan: LanPort | undefined;
  /** Finds the hosts that it connects to; without a LAN the system does that. */
  readonly hosts: HostFinder | undefined;
  /** How it finds its ACS by DHCP, when it is on a LAN. */
  readonly discovery: AcsFinding | undefined;
  /** In [0, 1). */
  random(): number;
  /** Keeps the state as it is now. */
  save(): void;
  /** Closes everything at once and starts anew. */
  restart(): void;
  /** Forgets everything that it was told, then restarts (TR-069 A.4.1.6). */
  factoryReset(): void;
  log(line: string): void;
  /** Calls `action` now, or when the CWMP session that is going on is over. */
  whenIdle(action: () => void): void;
  /** Settings may have changed: sees to what follows from it outside of CWMP. */
  followSettings(): void;
}
