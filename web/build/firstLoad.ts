/** Weighs what each page loads before anybody presses anything, and refuses a build that is too heavy. */
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

export const MOST_KB = 250;

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;
type Styled = { viteMetadata?: { importedCss: Set<string> } };

export function firstLoad(): Plugin {
  return {
    name: "handoff:first-load",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const [page, bytes] of weights(bundle)) {
          const size = `${page}: first load ${(bytes / 1000).toFixed(1)} KB gzip`;
          if (bytes > MOST_KB * 1000) this.error(`${size}, more than ${MOST_KB} KB`);
          this.info(size);
        }
      },
    },
  };
}

export function weights(bundle: Bundle): Map<string, number> {
  const entries = Object.values(bundle).filter((each) => each.type === "chunk" && each.isEntry);
  return new Map(entries.map((entry) => [entry.name ?? entry.fileName, weight(entry.fileName, bundle)]));
}

function weight(entry: string, bundle: Bundle): number {
  let bytes = 0;
  for (const file of reached(entry, bundle)) bytes += gzipSync(contents(bundle[file])).length;
  return bytes;
}

/** The entry, what it imports at once, and their styles; what is imported later does not count. */
function reached(entry: string, bundle: Bundle): Set<string> {
  const files = new Set([entry]);
  for (const file of files) {
    const chunk = bundle[file];
    if (chunk?.type !== "chunk") continue;
    const styles = (chunk as Styled).viteMetadata?.importedCss ?? [];
    for (const next of [...chunk.imports, ...styles]) files.add(next);
  }
  return files;
}

function contents(file: Bundle[string] | undefined): string | Uint8Array {
  if (!file) return "";
  return file.type === "chunk" ? file.code : file.source;
}
