#!/usr/bin/env node
// Ids of texts as other implementations of a published vocabulary give them.
//
//   npm install @anush008/tokenizers llama3-tokenizer-js gpt-3-encoder      (in the folder this is run from)
//   node tokenizer_vectors.mjs IMPLEMENTATION TOKENIZER_JSON TEXTS OUT
//
// IMPLEMENTATION: hugging-face (the Rust library behind transformers), llama3-js, gpt3-js. TEXTS holds one text a line
// in hexadecimal (tokenizer_vectors.py texts FILE); OUT gets "TEXT<tab>ID ID .." a line. Bytes that are not UTF-8 are
// U+FFFD to all of them. Special pieces are taken out of the tokenizer first: Tidemark never finds them in text.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'x'));
const [implementation, tokenizerFile, textsFile, outFile] = process.argv.slice(2);
if (!outFile) {
  console.error('usage: node tokenizer_vectors.mjs hugging-face|llama3-js|gpt3-js TOKENIZER_JSON TEXTS OUT');
  process.exit(2);
}

const encoders = {
  'hugging-face': async () => {
    const { Tokenizer } = require('@anush008/tokenizers');
    const document = JSON.parse(fs.readFileSync(tokenizerFile, 'utf8'));
    document.added_tokens = (document.added_tokens ?? []).filter((piece) => !piece.special);
    const tokenizer = Tokenizer.fromString(JSON.stringify(document));
    return async (text) => (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();
  },
  'llama3-js': async () => {
    const found = await import(require.resolve('llama3-tokenizer-js'));
    return (text) => found.default.encode(text, { bos: false, eos: false });
  },
  'gpt3-js': async () => require('gpt-3-encoder').encode,
};

const encode = await encoders[implementation]();
const lines = [];
for (const line of fs.readFileSync(textsFile, 'ascii').split('\n').slice(0, -1)) {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(line, 'hex'));
  lines.push(`${line}\t${Array.from(await encode(text)).join(' ')}\n`);
}
fs.writeFileSync(outFile, lines.join(''));
