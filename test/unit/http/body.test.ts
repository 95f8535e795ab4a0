import assert from 'node:assert/strict';
import { classifyBody } from '../../../src/http/body';
import { hexPreview } from '../../../src/http/hexPreview';
import { prettyJson, prettyJsonInTurns } from '../../../src/http/prettyJson';
import { prettyXml } from '../../../src/http/prettyXml';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('classifyBody', () => {
  it('nothing is empty, whatever it says it is', () => {
    assert.deepEqual(classifyBody(new Uint8Array(), 'application/json'), { kind: 'empty' });
  });

  for (const [what, body, contentType, expected] of [
    ['JSON', Buffer.from('{"a":"å"}'), 'application/json', { kind: 'json', text: '{"a":"å"}', isJson: true }],
    ['problem+json', Buffer.from('{}'), 'application/problem+json; charset=utf-8', { kind: 'json', isJson: true }],
    [
      'what says JSON and is not',
      Buffer.from('{"a":'),
      'application/json',
      { kind: 'json', text: '{"a":', isJson: false },
    ],
    [
      'JSON is UTF-8, whatever its charset',
      Buffer.from('"å"'),
      'application/json;charset=iso-8859-1',
      { text: '"å"', charset: 'utf-8' },
    ],
    ['JSON with a BOM', Buffer.from('\ufeff{}'), 'application/json', { kind: 'json', text: '{}', isJson: true }],
    ['XML', Buffer.from('<a/>'), 'application/soap+xml', { kind: 'xml', text: '<a/>' }],
    [
      'XML that names its encoding',
      latin1('<?xml version="1.0" encoding="ISO-8859-1"?><å/>'),
      'text/xml',
      { kind: 'xml', charset: 'windows-1252' },
    ],
    ['SVG is XML', Buffer.from('<svg/>'), 'image/svg+xml', { kind: 'xml' }],
    [
      'text in its charset',
      latin1('blåbær'),
      'text/plain; charset="ISO-8859-1"',
      { kind: 'text', text: 'blåbær', charset: 'windows-1252' },
    ],
    ['text without a charset, as UTF-8', Buffer.from('blåbær'), 'text/plain', { text: 'blåbær', charset: 'utf-8' }],
    [
      'text without a charset that is not UTF-8',
      latin1('blåbær'),
      'text/html',
      { text: 'blåbær', charset: 'windows-1252' },
    ],
    [
      'text in a charset that nobody knows',
      Buffer.from('blåbær'),
      'text/plain;charset=klingon',
      { text: 'blåbær', charset: 'utf-8' },
    ],
    ['UTF-16 with a BOM', utf16('blåbær'), 'text/plain', { kind: 'text', text: 'blåbær', charset: 'utf-16le' }],
    ['an image', Buffer.from('GIF89a'), 'image/gif', { kind: 'binary' }],
    ['bytes', Buffer.from('text'), 'application/octet-stream', { kind: 'binary' }],
    ['text with NUL bytes', Buffer.from('a\0b'), 'text/plain', { kind: 'binary' }],
    ['unnamed JSON', Buffer.from(' [1]'), undefined, { kind: 'json', isJson: true }],
    ['unnamed text in brackets', Buffer.from('[info] started'), undefined, { kind: 'text' }],
    ['unnamed XML', Buffer.from('<?xml version="1.0"?><a/>'), undefined, { kind: 'xml' }],
    ['unnamed text', Buffer.from('hello'), '', { kind: 'text', text: 'hello' }],
    ['unnamed bytes', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), undefined, { kind: 'binary' }],
    ['unnamed bytes that are no UTF-8', Buffer.from([0xff, 0xfa, 0xfb, 0xfc]), undefined, { kind: 'binary' }],
    ['a type that nobody knows', Buffer.from('{"a":1}'), 'application/vnd.nav', { kind: 'json' }],
    ['a web page', Buffer.from('<p>'), 'text/html; charset=utf-8', { kind: 'html', text: '<p>' }],
    ['a web page that says nothing', Buffer.from('<!DOCTYPE html>'), undefined, { kind: 'html' }],
    ['a form', Buffer.from('a=b'), 'application/x-www-form-urlencoded', { kind: 'form', text: 'a=b' }],
    ['what says JSON and is not, by name', Buffer.from('{'), 'application/json', { isJson: false }],
    ['UTF-8 that is not', latin1('blåbær'), 'text/plain;charset=utf-8', { malformed: true, text: 'bl\ufffdb\ufffdr' }],
    [
      'a charset that nobody knows, by name',
      Buffer.from('a'),
      'text/plain;charset=klingon',
      { unknownCharset: 'klingon' },
    ],
    ['bytes that say they are text', Buffer.from([0, 1]), 'text/plain', { kind: 'binary', saidToBeText: true }],
    ['bytes that say nothing', Buffer.from([0, 1]), undefined, { kind: 'binary', saidToBeText: false }],
    ['a content type that is none', Buffer.from('hello'), ';;;', { kind: 'text' }],
  ] as const) {
    it(what, () => {
      const actual = classifyBody(body, contentType) as Record<string, unknown>;
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(actual[name], value, name);
    });
  }

  it('a letter that was cut at the limit makes no text binary', () => {
    const cut = Buffer.from('blåbæ').subarray(0, -1);
    const body = classifyBody(cut, undefined);
    assert.ok(body.kind === 'text');
    assert.deepEqual([body.text, body.charset, body.malformed], ['blåb', 'utf-8', false]);
  });
});

describe('hexPreview', () => {
  it('gives offset, bytes and what of them is ASCII, sixteen a row', () => {
    assert.equal(
      hexPreview(Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR!!', 'latin1')),
      [
        '00000000  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|',
        '00000010  21 21                                             |!!|',
      ].join('\n'),
    );
  });

  it('ends after so many rows', () => {
    assert.equal(hexPreview(new Uint8Array(1000), 3).split('\n').length, 3);
    assert.equal(hexPreview(new Uint8Array()), '');
  });
});

describe('prettyJson', () => {
  it('indents by two, and writes empty brackets on one line', () => {
    assert.equal(
      prettyJson('{"a":[1,{"b":null}],"c":{ },"d":[\n]}'),
      ['{', '  "a": [', '    1,', '    {', '      "b": null', '    }', '  ],', '  "c": {},', '  "d": []', '}'].join(
        '\n',
      ),
    );
  });

  it('changes no number, no escape and no repeated member', () => {
    const pretty = prettyJson('{"a":1.0,"a":12345678901234567890,"b":1E+2,"c":"\\u00e5\\"{,}"}');
    assert.equal(pretty, '{\n  "a": 1.0,\n  "a": 12345678901234567890,\n  "b": 1E+2,\n  "c": "\\u00e5\\"{,}"\n}');
  });

  it('gives single values as they are', () => {
    for (const text of ['1', '"a b"', 'true', 'null']) assert.equal(prettyJson(` ${text}\n`), text);
  });

  it('gives what it cannot read on as it came, so that nothing is lost', () => {
    for (const [text, pretty] of [
      ['[1,"cut off in the mid', '[\n  1,\n  "cut off in the mid'],
      ['{"a":1}]', '{\n  "a": 1\n}\n]'],
      ['', ''],
    ] as const) {
      assert.equal(prettyJson(text), pretty);
    }
  });

  it('gives no more than is asked for', () => {
    assert.equal(prettyJson('[1,2,3]', 5), '[\n  1');
  });

  it('gives nothing for what is too deep to indent', () => {
    assert.equal(prettyJson('['.repeat(100_000) + ']'.repeat(100_000)), undefined);
  });

  it('takes a string of megabytes', () => {
    const text = JSON.stringify({ a: 'x"'.repeat(1_000_000) });
    assert.equal(prettyJson(text), `{\n  ${text.slice(1, 4)}: ${text.slice(5, -1)}\n}`);
  });
});

describe('prettyJsonInTurns', () => {
  const text = JSON.stringify(Array.from({ length: 30_000 }, (_, id) => ({ id, name: 'x' })));

  it('gives the same, with turns for others in between', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const pretty = await prettyJsonInTurns(text, Infinity);
    clearInterval(timer);
    assert.equal(pretty, prettyJson(text));
    assert.ok(turns > 1);
  });

  it('gives nothing where it would be too long, or is too deep', async () => {
    assert.equal(await prettyJsonInTurns(text, 100_000), undefined);
    assert.equal(await prettyJsonInTurns('['.repeat(1000), Infinity), undefined);
  });
});

describe('prettyXml', () => {
  for (const [what, text, pretty] of [
    ['puts each element on a line of its own', '<a><b/><c d="1"></c></a>', '<a>\n  <b/>\n  <c d="1"></c>\n</a>'],
    ['keeps text and what is within it', '<a><b>x <i>y</i>\n z</b></a>', '<a>\n  <b>x <i>y</i>\n z</b>\n</a>'],
    [
      'keeps declarations, comments and CDATA',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "1">]><a><!-- > --><b><![CDATA[<x>]]></b></a>',
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "1">]>\n<a>\n  <!-- > -->\n  <b><![CDATA[<x>]]></b>\n</a>',
    ],
    ['takes a > within an attribute', '<a b="x>y"><c/></a>', '<a b="x>y">\n  <c/>\n</a>'],
    ['lets new white space take the place of old', '<a>\n\t<b/>\n\n</a>', '<a>\n  <b/>\n</a>'],
    ['keeps an element whose text comes last', '<a><b/>text</a>', '<a><b/>text</a>'],
  ] as const) {
    it(what, () => {
      assert.equal(prettyXml(text), pretty);
    });
  }

  it('gives nothing for tags that do not fit', () => {
    for (const text of ['<a>', '<a></b>', '</a>', 'text', '', '<a', '<a><b></a></b>', '<a/>text']) {
      assert.equal(prettyXml(text), undefined, text);
    }
  });

  it('gives nothing for what is too deep, and ends on long nonsense', () => {
    assert.equal(prettyXml('<a>'.repeat(10_000) + '</a>'.repeat(10_000)), undefined);
    assert.equal(prettyXml('<!--'.repeat(50_000)), undefined);
    assert.equal(prettyXml('<a "'.repeat(20_000)), undefined);
  });
});
