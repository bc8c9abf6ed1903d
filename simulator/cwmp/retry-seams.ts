/** When a failed session is tried again: TR-069 3.2.1.1, Table 3. */
export const retrySeams = {
  /** RetryCount after a session that failed. */
  countAfterFailure(count: number): number {
    return count + 1;
  },
  /** RetryCount after a session that ended well. */
  countAfterSuccess(_count: number): number {
    return 0;
  },
  /** RetryCount after a start of the phone: it goes on. */
  countAfterBoot(count: number): number {
    return count;
  },
  /** Which row of Table 3 comes after a failure; `row` is that of the wait before, 0 for none. The tenth is the last. */
  rowAfterFailure(row: number): number {
    return Math.min(row + 1, 10);
  },
  /** After a session that ended well, no row is left. */
  rowAfterSuccess(_row: number): number {
    return 0;
  },
  /** A start of the phone begins with the first row again. */
  rowAfterBoot(_row: number): number {
    return 0;
  },
  /** A new event that cuts a wait short does not reset the row. */
  rowAfterNewEvent(row: number): number {
    return row;
  },
  /** The range of a row in seconds; `minimum` is m in seconds, `multiplier` is k in thousandths. */
  range(row: number, minimum: number, multiplier: number): readonly [number, number] {
    const factor = multiplier / 1000;
    return [minimum * factor ** (row - 1), minimum * factor ** row];
  },
  /** The wait in seconds, somewhere in its range. `random` is in [0, 1). */
  wait([least, most]: readonly [number, number], random: number): number {
    return least + (most - least) * random;
  },
  /** Whether the phone goes on after so many failures: always. */
  goesOn(_count: number): boolean {
    return true;
  },
  /** Whether a new event is taken to the ACS at once although a retry is being waited for. */
  newEventCutsWait(): boolean {
    return true;
  },
};

export type RetrySeams = typeof retrySeams;
