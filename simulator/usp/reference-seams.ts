/** How values are kept that name objects (TR-369 "Reference Following"). All writable ones here are strong references. */
export const referenceSeams = {
  /**
   * What is kept of a path that a controller writes: the one with instance numbers that it leads to (R-ARC.11); undefined to refuse it
   * because there is no such object (R-ARC.12).
   */
  keptReference(_written: string, resolved: string | undefined): string | undefined {
    return resolved;
  },
  /** Whether a reference is taken out when the object that it names is deleted (R-ARC.12). */
  dropsReference(_isList: boolean): boolean {
    return true;
  },
};
