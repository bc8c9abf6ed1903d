import { packTar } from "modern-tar";
import type { Clock } from "../../../harness/core/clock.ts";

/** A picture of one black point. */
const POINT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

/** Files of a tarball by name. A skin has images and style sheets; what else one needs differs from model to model. */
export const SKIN: Readonly<Record<string, string | Buffer>> = {
  "themes/assay/background.png": POINT,
  "themes/assay/logo.png": POINT,
  "themes/assay/colors.xml": '<colors><color name="background">255 255 255 255</color></colors>\n',
  "themes/assay/style.css": "body { background: white }\n",
};

/** A tarball in which nothing has to do with a phone's looks. */
export const NO_SKIN: Readonly<Record<string, string | Buffer>> = { README: "no themes here\n", "notes/a.txt": "nor here\n" };

/** A tarball. The same files make the same octets. */
export async function tarball(clock: Clock, files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  // Made with streams that a virtual clock does not see.
  const done = clock.busy();
  try {
    const entries = Object.entries(files).map(([name, content]) => {
      const body = Buffer.from(content);
      return { header: { name, size: body.length, mtime: new Date(0), type: "file" as const }, body };
    });
    return Buffer.from(await packTar(entries));
  } finally {
    done();
  }
}
