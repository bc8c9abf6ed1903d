import type { PhoneState } from "../state.ts";

/** Settings in which the CWMP stack shows what it still has to tell its ACS. They are read off the state, never kept beside it. */
const READ: Readonly<Record<string, (state: PhoneState) => readonly string[]>> = {
  tr69_events: ({ events }) => events.map(({ code }) => code),
  tr69_params: ({ changes }) => changes.map(({ name }) => name),
  tr69_download_status: ({ transfers }) => transfers.map(({ direction, step }) => `${direction} ${step}`),
};

export const INTERNAL_SETTINGS: ReadonlySet<string> = new Set(Object.keys(READ));

/** A setting of the stack's own, each entry after a `;`, as the vendor's phones write changed parameters; undefined when it is none. */
export const readInternal = (name: string, state: PhoneState): string | undefined =>
  READ[name]?.(state)
    .map((entry) => `;${entry}`)
    .join("");

/** All settings as the phone shows them. */
export const allSettings = (state: PhoneState): Record<string, string> => ({
  ...state.settings,
  ...Object.fromEntries([...INTERNAL_SETTINGS].map((name) => [name, readInternal(name, state) ?? ""])),
});
