/** Size budgets of the built page, in gzip; `npm run budgets` checks them. */
import { readdirSync, readFileSync } from 'node:fs';

const built = new URL('dist/', import.meta.url);
const page = readFileSync(new URL('index.html', built), 'utf8');
const named = [...page.matchAll(/(?:href|src)="\.\/([^"]+\.(?:js|css))"/g)].map(([, file]) => `dist/${file}`);
const lessons = readdirSync(new URL('assets/', built)).filter((file) => /^\d\d-.*\.js$/.test(file));

const budget = (name, path, limit) => ({ name, path, limit, gzip: true });

export default [
  budget('what the first picture needs', ['dist/index.html', ...new Set(named)], '104 kB'),
  budget('what stands around it', ['dist/assets/around-*.js', 'dist/assets/around-*.css'], '13 kB'),
  budget('the engine', 'dist/assets/tcplab-*.wasm', '450 kB'),
  budget('the engine’s worker', 'dist/assets/worker-*.js', '16 kB'),
  budget('the scenarios of Play', 'dist/assets/examples-*.js', '26 kB'),
  budget('the events and their search', 'dist/assets/EventList-*.js', '8 kB'),
  ...lessons.map((file) =>
    budget(`lesson, or rules for a text: ${file.replace(/-.{8}\.js$/, '')}`, `dist/assets/${file}`, '16 kB'),
  ),
];
