// node .lab/check_layers.mjs: whether each source reaches only into the folders that .lab/layers.json allows to its own.
// Prints what reaches elsewhere, as FILE:LINE, and fails then. A folder that the table lacks belongs to the nearest above
// it; one without any may reach everywhere in its tree, but none of the table may reach into it.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';

const includes = /^#include "([^"]+)"/gm;
const imports = /(?:\bfrom |\bimport |\bimport\()'(\.[^']+)'/g;

/** The paths that a text imports, from the root of the tree, each with its line. */
function* reached(text, file) {
  const isPage = /\.(ts|svelte)$/.test(file);
  for (const found of text.matchAll(isPage ? imports : includes)) {
    const path = isPage ? normalize(join(dirname(file), found[1])) : found[1];
    yield { path, line: text.slice(0, found.index).split('\n').length };
  }
}

/** The folder of the table that a path belongs to: the nearest one above it. */
function layerOf(path, layers) {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (folder in layers) return folder;
  }
  return dirname(path);
}

/** The sources that reach where their folder may not: `sources` is a list of [path from the tree's root, text]. */
export function trespasses(layers, sources) {
  const wrong = [];
  for (const [file, text] of sources) {
    const from = layerOf(file, layers);
    const allowed = layers[from];
    if (!allowed) continue;
    for (const { path, line } of reached(text, file)) {
      const to = layerOf(path, layers);
      if (to === from || allowed.includes(to)) continue;
      wrong.push({ file, line, path, allowed });
    }
  }
  return wrong;
}

function sourcesOf(tree) {
  const isSource = (name) => /\.(cpp|hpp|ts|svelte)$/.test(name);
  const files = readdirSync(tree, { recursive: true }).filter(isSource).sort();
  return files.map((file) => [file, readFileSync(join(tree, file), 'utf8')]);
}

/** Folders that layers.json names but that do not exist, and folders with engine sources that it does not name. */
export function disagreements(layers, sources, isWhole) {
  const folders = new Set(sources.map(([file]) => layerOf(file, layers)));
  const gone = Object.keys(layers).filter((folder) => !folders.has(folder));
  const unnamed = isWhole ? [...folders].filter((folder) => !(folder in layers)) : [];
  return { gone, unnamed };
}

function check(tree, layers) {
  const sources = sourcesOf(tree);
  const { gone, unnamed } = disagreements(layers, sources, tree === 'engine');
  const said = [
    ...gone.map((folder) => `.lab/layers.json: there is no source in ${tree}/${folder}`),
    ...unnamed.map((folder) => `.lab/layers.json: ${tree}/${folder} is missing`),
    ...trespasses(layers, sources).map(
      ({ file, line, path, allowed }) =>
        `${tree}/${file}:${line}: reaches into ${path}; allowed beside its own folder: ${allowed.join(', ') || 'none'}`,
    ),
  ];
  said.forEach((line) => console.log(line));
  return said.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const table = JSON.parse(readFileSync('.lab/layers.json', 'utf8'));
  const ok = Object.entries(table).map(([tree, layers]) => check(tree, layers));
  process.exitCode = ok.every(Boolean) ? 0 : 1;
}
