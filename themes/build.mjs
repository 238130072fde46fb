// Builds the assets of every theme: themes/<name>/Assets -> themes/<name>/wwwroot.
//
// What comes out has its content's hash in its name, so it may be cached for ever; manifest.json says which name stands for which file and is
// written last. Text files lie there compressed as well. Running it again on unchanged sources gives the same files.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import esbuild from 'esbuild';
import subsetFont from 'subset-font';

const themesFolder = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const browsers = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

const started = performance.now();
const names = (await readdir(themesFolder, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && existsSync(join(themesFolder, entry.name, 'theme.json')))
  .map((entry) => entry.name);
for (const name of names) await buildTheme(name);
console.log(`themes: ${names.join(', ')} built in ${Math.round(performance.now() - started)} ms`);

async function buildTheme(name) {
  const folder = join(themesFolder, name);
  const theme = JSON.parse(await readFile(join(folder, 'theme.json'), 'utf8'));
  const files = [...(await bundle(folder, theme.entries)), ...(await copies(folder, theme.copies)), await sprite(folder, theme.icons)];
  await write(join(folder, 'wwwroot'), files);
}

/** Style sheets and scripts, with the fonts that they name. */
async function bundle(folder, entries) {
  const assets = join(folder, 'Assets');
  const result = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: entries.map((entry) => join(assets, entry)),
    outdir: join(folder, 'wwwroot'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: browsers,
    charset: 'utf8',
    legalComments: 'none',
    plugins: [fonts(), lightFallback()],
    loader: { '.woff2': 'file' },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const logicalNames = new Map(Object.entries(result.metafile.outputs).map(([output, { entryPoint, inputs }]) =>
    [basename(output), basename(entryPoint ?? Object.keys(inputs)[0])]));
  return result.outputFiles.map((file) => ({ name: logicalNames.get(basename(file.path)), file: basename(file.path), contents: Buffer.from(file.contents) }));
}

/**
 * Cuts every font of fonts.css down to the unicode-range that its @font-face declares, so that the style sheet is the only place that says what a
 * file holds. Hinting goes too: it is a third of each file, and screens that need it are rarer than slow lines.
 */
function fonts() {
  return {
    name: 'fonts',
    setup(build) {
      build.onLoad({ filter: /fonts\.css$/ }, async ({ path }) => {
        const css = (await readFile(path, 'utf8')).replace(/@font-face\s*\{[^}]*\}/g, (face) => {
          const range = /unicode-range:\s*([^;}]+)/.exec(face)?.[1].replace(/\s+/g, '');
          if (!range) throw new Error(`${path}: a @font-face without unicode-range: ${face}`);
          return face.replace(/\.woff2"/, `.woff2?${range}"`);
        });
        return { contents: css, loader: 'css' };
      });
      build.onResolve({ filter: /\.woff2\?U\+/ }, ({ path }) => {
        const [file, range] = path.split('?');
        // One file is cut in several ways: each cut goes by the first character of its range.
        const [, first] = /^U\+(\w+)/.exec(range);
        return { path: file.replace('-normal.woff2', `-${first}.woff2`), namespace: 'font', pluginData: { file: require.resolve(file), range } };
      });
      build.onLoad({ filter: /./, namespace: 'font' }, async ({ pluginData: { file, range } }) => {
        const font = await subsetFont(await readFile(file), charactersOf(range), {
          targetFormat: 'woff2',
          noHinting: true,
          // Pair kerning is half of a Latin file: only the weight of titles keeps it. The rest of the features place Thai marks.
          keepFeatures: ['calt', 'ccmp', 'liga', 'mark', 'mkmk', ...(/-latin-[45]00-/.test(file) ? [] : ['kern'])],
        });
        return { contents: font, loader: 'file' };
      });
    },
  };
}

function charactersOf(unicodeRange) {
  let text = '';
  for (const part of unicodeRange.split(',')) {
    const [first, last = first] = part.slice(2).split('-').map((hex) => parseInt(hex, 16));
    for (let code = first; code <= last; code++) text += String.fromCodePoint(code);
  }
  return text;
}

/** A browser without light-dark() gets the light values instead of no colours at all. */
function lightFallback() {
  return {
    name: 'light-fallback',
    setup(build) {
      build.onLoad({ filter: /tokens\.css$/ }, async ({ path }) => {
        const css = await readFile(path, 'utf8');
        const light = [...css.matchAll(/--[\w-]+:[^;]*light-dark\([^;]*;/g)].map(([token]) => token.replace(/light-dark\(([^,()]+),[^()]+\)/g, '$1'));
        return { contents: `${css}@supports not (color: light-dark(#000, #fff)) { :root { ${light.join(' ')} } }`, loader: 'css' };
      });
    },
  };
}

/** Files that go out as they are. */
function copies(folder, list) {
  return Promise.all(list.map(async (name) => hashed(name, await readFile(join(folder, 'Assets', name)))));
}

/** One file of symbols from the icons that theme.json names; a view that uses another one stops the build. */
async function sprite(folder, icons) {
  for (const view of await readdir(join(folder, 'Views'), { recursive: true })) {
    if (!view.endsWith('.cshtml')) continue;
    const text = await readFile(join(folder, 'Views', view), 'utf8');
    for (const [, icon] of text.matchAll(/<icon name="([a-z0-9-]+)"/g)) {
      if (!icons.includes(icon)) throw new Error(`Views/${view} uses the icon "${icon}", which theme.json does not list`);
    }
  }
  const symbols = await Promise.all(icons.map(async (icon) => {
    const svg = await readFile(require.resolve(`lucide-static/icons/${icon}.svg`), 'utf8');
    const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '').replaceAll(' />', '/>');
    return `<symbol id="${icon}" viewBox="0 0 24 24">${shapes}</symbol>`;
  }));
  return hashed('icons.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC License -->${symbols.join('')}</svg>`));
}

function hashed(name, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8).toUpperCase();
  const extension = extname(name);
  return { name, file: `${basename(name, extension)}-${hash}${extension}`, contents };
}

async function write(output, files) {
  const written = new Map(files.map(({ file, contents }) => [file, contents]));
  for (const { file, contents } of files.filter(({ file }) => ['.css', '.js', '.svg'].includes(extname(file)))) {
    written.set(`${file}.br`, await promisify(brotliCompress)(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }));
    written.set(`${file}.gz`, await promisify(gzip)(contents, { level: 9 }));
  }
  await mkdir(output, { recursive: true });
  for (const [file, contents] of written) await writeFile(join(output, file), contents);
  for (const file of await readdir(output)) {
    if (!written.has(file) && file !== 'manifest.json') await rm(join(output, file), { recursive: true });
  }
  const manifest = Object.fromEntries(files.map(({ name, file }) => [name, file]).sort());
  await writeFile(join(output, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
}
