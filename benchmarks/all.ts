// What is measured, one after the other: they would disturb each other.

await import("./param-map.ts");
process.stdout.write("\n");
await import("./usp.ts");
