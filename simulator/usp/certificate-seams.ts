/** How the agent keeps certificates (TR-181 Device.LocalAgent.AddCertificate). */
export const certificateSeams = {
  /** Whether a certificate that was added is in the table. */
  keepsCertificate(): boolean {
    return true;
  },
  /** Alias of an added certificate; empty for one that the agent makes up. */
  certificateAlias(given: string): string {
    return given;
  },
  /** Whether Delete() of a certificate does so. */
  deletesCertificate(): boolean {
    return true;
  },
  /** The serial number of a certificate as it is shown. */
  serialNumber(text: string): string {
    return text;
  },
  /** A fingerprint as it is told. */
  fingerprint(digest: string): string {
    return digest;
  },
  /** Whether a text is a certificate. */
  isCertificate(isRead: boolean): boolean {
    return isRead;
  },
};
