import { type AuthFields, answerBasic, answerDigest, type DigestAnswer, preferredChallenge } from "./digest.ts";

/** Faults of a download that the file server or the way to it is to blame for (TR-069 A.5.1). */
export type DownloadFault = 9010 | 9012 | 9013 | 9015 | 9016 | 9017 | 9018;
/** Faults of an upload. */
export type UploadFault = 9011 | 9012 | 9013 | 9015;

/** How the phone gets and puts files over HTTP (TR-069 3.4.3). Part of the seams of file transfers. */
export interface FetchSeams {
  /** Whether files can be transferred over this protocol, written as in a URL: `http:`. */
  supportsScheme(protocol: string): boolean;
  /** Method of an upload (TR-069 A.4.1.5). */
  uploadMethod(): string;
  /** Whether a response with this status sends the request elsewhere. */
  followsFileRedirect(status: number): boolean;
  /** The challenge of the file server that is answered, if any can be. */
  chooseFileChallenge(challenges: readonly AuthFields[]): AuthFields | undefined;
  /** Value of Authorization for a Digest challenge of the file server. */
  fileDigest(answer: DigestAnswer): string | undefined;
  /** Value of Authorization for a Basic challenge of the file server. */
  fileBasic(username: string, password: string): string;
  /** Whether the body of a response with this status is the file. */
  isFile(status: number): boolean;
  /** Fault of a download for a final status that is no success. */
  downloadRefused(status: number): DownloadFault;
  /** Fault of an upload for a final status that is no success. */
  uploadRefused(status: number): UploadFault;
  /** Fault when no connection to the file server can be made. */
  serverUnreachable(): 9010 | 9015;
  /** Fault when the connection ends before the file does, or none if the part is taken for the whole. */
  downloadCut(): DownloadFault | undefined;
}

export const fetchSeams: FetchSeams = {
  supportsScheme: (protocol) => protocol === "http:" || protocol === "https:",
  uploadMethod: () => "PUT",
  followsFileRedirect: (status) => [301, 302, 303, 307, 308].includes(status),
  chooseFileChallenge: preferredChallenge,
  fileDigest: answerDigest,
  fileBasic: (username, password) => answerBasic({ username, password }),
  isFile: (status) => status === 200,
  downloadRefused: (status) => (status === 401 ? 9012 : status >= 400 && status < 500 ? 9016 : 9010),
  uploadRefused: (status) => (status === 401 ? 9012 : 9011),
  serverUnreachable: () => 9015,
  downloadCut: () => 9017,
};
