// Teaches the worker of a run to load TypeScript. It imports modules itself instead of asking vitest's server to transform each of
// them, which halves the memory of a run; and it is no TypeScript, because it is what makes TypeScript readable.
import { register } from "tsx/esm/api";

register();
