#!/usr/bin/env node
// What `npx assay` starts. It is no TypeScript, because it is what makes TypeScript readable; npx finds it in a clone by itself.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./param-map.ts");
process.exitCode = main(process.argv.slice(2));
