/**
 * The vendor's guide of 2009 spells the two methods of its own in two ways, `X-snom-Customize` and `X_snom_Customize`; TR-069
 * A.3.1.1 wants `X_000413_Customize`. The phone lists that name alone, and answers to all three.
 */
const GUIDE_SPELLING = /^X[-_]snom[-_](?=(?:Customize|Minibrowser)$)/;

/** What a page of the minibrowser can be; the names without `Snom` are the newer ones, and case does not matter. */
const PAGE = /^(?:Snom)?IPPhone(?:Text|Menu|Directory|Input|Image|ImageFile|Batch|Silent)$/i;

/** Files that have a say in a phone's looks: images, fonts, style sheets and descriptions of screens. */
const LOOKS = /\.(?:png|bmp|gif|jpe?g|svg|ico|css|js|html?|qml|xml|ttf|otf|bdf|pcf)$/i;

/** What came of a tarball that the phone was to load. */
export type SkinOutcome = "good" | "no tarball" | "no skin" | "not there" | "passed over";

/** Why something is no page, or none that is shown. */
export type PageProblem = "malformed" | "no page" | "nothing" | "too large" | "too many";

/** The two methods of the vendor's own, and what they lead to. */
export const vendorSeams = {
  /** The name that a method is listed by. */
  listedName(method: string): string {
    return method.replace(GUIDE_SPELLING, "X_000413_");
  },
  /** Fault for a method called by another name than the listed one: none. */
  otherNameFault(): number | undefined {
    return undefined;
  },
  /** Fault for one of the two methods, which are listed, whatever it is called with: none. */
  methodFault(_method: "Customize" | "Minibrowser"): number | undefined {
    return undefined;
  },
  /** Whether a URL can be that of a tarball. */
  acceptsSkinUrl(url: string): boolean {
    return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  },
  /** Fault of Customize for another one. Undefined for none. */
  skinUrlFault(): number | undefined {
    return 9003;
  },
  /** Whether Customize does what it answers that it will do. */
  customizes(): boolean {
    return true;
  },
  /** Whether a setting that now holds another address has the phone fetch from it. */
  followsSetting(_setting: string): boolean {
    return true;
  },
  /** Whether a tarball is loaded, by what came of the one before. */
  loadsAfter(_last: SkinOutcome | undefined): boolean {
    return true;
  },
  /** Whether the files of a tarball make up a skin for this phone; directories are not among them. */
  isSkin(files: readonly string[]): boolean {
    return files.some((name) => LOOKS.test(name));
  },
  /** The skin that the phone wears when a tarball is not to be had or no good: the one from before. */
  skinAfterFailure(before: string): string {
    return before;
  },
  /** The skin that the phone wears once a good tarball is in. */
  skinAfterSuccess(_before: string, name: string): string {
    return name;
  },
  /** The address that the setting holds then. */
  addressAfterFailure(before: string, _url: string): string {
    return before;
  },
  /** The same after a good tarball. */
  addressAfterSuccess(_before: string, url: string): string {
    return url;
  },
  /** Whether the phone starts anew after something that it cannot use: never. */
  restartsAfter(_what: SkinOutcome | PageProblem | "no address"): boolean {
    return false;
  },
  /** The skin after a start of the phone. */
  skinAfterBoot(skin: string): string {
    return skin;
  },
  /** The skin after a reset to factory state: the one that it was delivered with. */
  skinAfterReset(_skin: string): string {
    return "";
  },
  /** Whether a page may have this element as its root. */
  isPage(root: string): boolean {
    return PAGE.test(root);
  },
  /** Whether a page may have this text in it. */
  isReadable(_text: string): boolean {
    return true;
  },
  /** Whether the page may come as text inside the method's element: escaped, or as a CDATA section. */
  takesText(): boolean {
    return true;
  },
  /** Whether the page may come as an element inside the method's element. */
  takesElement(): boolean {
    return true;
  },
  /** Most characters of a page. */
  pageLimit(): number {
    return 524_288;
  },
  /** Whether another page is shown, when so many were in the last ten seconds. */
  showsMore(_lately: number): boolean {
    return true;
  },
  /** Whether a page of so many characters is shown to its end. */
  showsAll(_characters: number): boolean {
    return true;
  },
  /** Fault for a page that is none or cannot be shown. Undefined for none. */
  pageFault(why: PageProblem): number | undefined {
    return why === "too large" || why === "too many" ? 9004 : 9003;
  },
  /** Whether a page that is none takes away the page before. */
  closesForBadPage(): boolean {
    return false;
  },
  /** Whether a page takes away the one before, with what that would have led to. */
  replacesPage(): boolean {
    return true;
  },
  /** Milliseconds until the phone goes on to what `fetch` names; too short a time would have it do nothing else. */
  fetchDelay(mil: string): number {
    return /^\d{1,9}$/.test(mil.trim()) ? Math.max(100, Number(mil)) : 0;
  },
  /** Address that a page has the phone go on to. Others than those of the web are for the phone itself: `snom://mb_exit`. */
  fetchTarget(url: string): string | undefined {
    return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
  },
  /** Whether the image that a page shows is fetched. */
  fetchesImage(): boolean {
    return true;
  },
};

export type VendorSeams = typeof vendorSeams;
