import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vitest/config';
import { compressed } from './compressed-plugin.ts';
import { exercisesWithoutAnswers } from './exercises-plugin.ts';
import { firstLoad } from './first-load-plugin.ts';
import { firstVisit } from './first-visit-plugin.ts';
import { happenings } from './happenings-plugin.ts';
import { touchHere } from './src/lab/scenarios/touch-here.ts';
import { lessons } from './lessons-plugin.ts';
import { preloaded } from './preloaded-plugin.ts';
import { serviceWorker } from './service-worker-plugin.ts';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const engine = process.env.TCPLAB_ENGINE_DIR ?? fromHere('../build/wasm');

/** Everything the built page may load comes from its own origin; only the engine may be compiled. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in the build: the development server injects inline styles and scripts of its own. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    // Run last, so that the policy comes first in the head: it applies only to what follows it.
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

const first = firstLoad();

export default defineConfig({
  // Relative addresses: the built page can be served from any folder.
  base: './',
  plugins: [
    svelte(),
    exercisesWithoutAnswers(),
    happenings(engine, [fromHere('../exercises/scenarios'), fromHere('src/lab/scenarios')]),
    firstVisit(engine, fromHere('src/lab/scenarios/first-visit.json'), fromHere('../exercises/rules.json'), touchHere),
    first.plugin,
    lessons(fromHere('../exercises/lessons')),
    preloaded('mount'),
    contentSecurityPolicy(),
    serviceWorker(fromHere('src/offline/service-worker.js'), fromHere('public')),
    compressed(fromHere('node_modules/.cache/tcplab-brotli')),
  ],
  resolve: {
    alias: {
      '@engine': engine,
      '@exercises': fromHere('../exercises'),
    },
    ...(process.env.VITEST ? { conditions: ['browser'] } : {}),
  },
  server: { fs: { allow: [fromHere('..')] } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The first browsers that support light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // No data: addresses, the policy forbids them.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: first.groups } } },
  },
  test: { include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'], environment: 'node' },
});
