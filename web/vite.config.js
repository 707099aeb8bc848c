import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// `vite dev` asks a running `waqai serve` for its data; the server refuses requests of other origins.
const server = process.env.WAQAI_SERVER ?? "http://127.0.0.1:8421";

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: process.env.WAQAI_PAGES ?? "../src/waqai/server/pages",
    emptyOutDir: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: true, configure: (proxy) => proxy.on("proxyReq", (request) => request.removeHeader("origin")) },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
});
