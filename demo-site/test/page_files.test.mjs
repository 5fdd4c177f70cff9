// The built pages keep to their policy: no inline script, no inline style, nothing from elsewhere.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const folder = (name) => new URL(`../${name}/`, import.meta.url);
const filesIn = (name, ending) =>
  readdirSync(folder(name), { recursive: true })
    .filter((file) => file.endsWith(ending))
    .map((file) => [file, readFileSync(new URL(file, folder(name)), 'utf8')]);

test('pages', () => {
  const pages = filesIn('pages', '.html');
  assert.ok(pages.length >= 7);
  for (const [file, text] of pages) {
    assert.doesNotMatch(text, /\sstyle=|<style|\son[a-z]+=|https?:|javascript:/i, file);
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)/, file);
    assert.doesNotMatch(text, /\schecked[\s>].*name="(store|personalize|measure)"/, file);
  }
});

test('markup in the sources', () => {
  for (const [file, text] of filesIn('src', '.ts')) {
    assert.doesNotMatch(text, /\sstyle="|<style|\son(click|load|error)=|\.style\b/, file);
  }
});
