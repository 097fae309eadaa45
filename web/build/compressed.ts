/** Lays the gzip variant beside each script and style, so that whoever serves them need not compress. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

export function compressed(): Plugin {
  return {
    name: "handoff:compressed",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      for (const file of assets(dir)) writeFileSync(`${file}.gz`, gzip(readFileSync(file)));
    },
  };
}

function assets(dir: string): string[] {
  const folder = join(dir, "assets");
  return readdirSync(folder)
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => join(folder, name));
}

/** Writes no time into the file: the same sources give the same bytes. */
function gzip(content: Buffer): Buffer {
  return gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
}
