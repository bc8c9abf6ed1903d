/** What the web interface answers. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Done once the page is sent. */
  afterwards?(): void;
}

/** A page of the web interface; `content` is HTML. */
export const html = (content: string): Page => ({
  status: 200,
  type: "text/html; charset=utf-8",
  body: `<!DOCTYPE html><html><head><title>Phone</title></head><body>${content}</body></html>`,
});

export const text = (status: number, body: string): Page => ({ status, type: "text/plain; charset=utf-8", body });
