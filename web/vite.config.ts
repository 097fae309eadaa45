/** Builds the pages that the API serves into `dist`; with `--mode laptop` the caller's page into `dist-laptop`. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./build/compressed.ts";
import { firstLoad } from "./build/firstLoad.ts";
import { behindTheApi } from "./build/proxy.ts";

const PAGES = { input: ["join.html", "desk.html"], outDir: "dist", base: "/" };
const LAPTOP = { input: ["caller.html"], outDir: "dist-laptop", base: "/call/" };

export default defineConfig(({ mode }) => {
  const { input, outDir, base } = mode === "laptop" ? LAPTOP : PAGES;
  return {
    base,
    plugins: [react(), firstLoad(), compressed(), behindTheApi()],
    build: {
      outDir,
      manifest: true,
      // Nothing may become a data: URL: the pages' policy does not allow one.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The room is one chunk, and comes after the press.
      chunkSizeWarningLimit: 800,
      rolldownOptions: { input },
    },
    test: {
      environment: "happy-dom",
      pool: "threads",
      isolate: false,
      include: ["tests/**/*.test.{ts,tsx}"],
    },
  };
});
