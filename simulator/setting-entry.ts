/**
 * Who changes a setting as such, not through a parameter: the user at the phone or its web interface, a provisioning file, or a
 * configuration file of the ACS.
 */
export type Author = "user" | "provisioning" | "acs";

export interface SettingEntry {
  /** With the index of an indexed setting behind it. */
  readonly name: string;
  readonly value: string;
  /** Permission flags of the file that it comes in. */
  readonly permission?: string;
}
