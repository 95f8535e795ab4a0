import assert from 'node:assert/strict';
import { suggestedFileName } from '../../../src/http/fileName';

const URL_ = 'https://api.example.no/v1/inntekt?fnr=1';
const named = (disposition: string, url = URL_) => suggestedFileName([['Content-Disposition', disposition]], url);
const typed = (type: string, url: string) => suggestedFileName([['Content-Type', type]], url);

describe('the name of a saved response', () => {
  for (const [what, actual, expected] of [
    ['is the server’s', named('attachment; filename="a b.csv"'), 'a b.csv'],
    ['is the server’s without quotes', named('attachment;filename=a.csv'), 'a.csv'],
    [
      'is the server’s in UTF-8, before the other',
      named("attachment; filename=x; filename*=UTF-8''%C3%A5r.csv"),
      'år.csv',
    ],
    ['is no path', named('attachment; filename="../../etc/passwd"'), '_.._etc_passwd'],
    ['is no path on Windows', named('attachment; filename="C:\\\\Windows\\\\x.dll"'), 'C__Windows_x.dll'],
    ['hides no file and turns no text around', named('attachment; filename=".\u202etxt.exe"'), '_txt.exe'],
    ['is no device', named('attachment; filename="con.txt"'), '_con.txt'],
    ['is the last part of the path, with an extension', typed('application/json', URL_), 'inntekt.json'],
    ['keeps an extension', typed('application/json', 'https://a.no/x.geojson'), 'x.geojson'],
    ['takes the extension of a suffix', typed('application/problem+json; charset=utf-8', URL_), 'inntekt.json'],
    ['is of bytes where nothing is known', typed('application/x-unknown', 'https://a.no/'), 'response.bin'],
    ['is there without anything', suggestedFileName([], ''), 'response.txt'],
    ['takes broken escapes', suggestedFileName([], 'https://a.no/%E0%A4%A'), '%E0%A4%A.txt'],
  ] as const) {
    it(what, () => {
      assert.equal(actual, expected);
    });
  }

  it('is of a length that every file system takes', () => {
    assert.ok(named(`attachment; filename="${'x'.repeat(1000)}"`).length <= 100);
  });
});
