import { describe, expect, it } from 'vitest';
import { childOf, readXml } from '../../../src/session/xml/read-xml.ts';
import { xmlText } from '../../../src/session/xml/xml-text.ts';

describe('readXml', () => {
  it('knows elements and attributes by their namespaces, whatever the prefix', () => {
    const root = readXml('<a:x xmlns:a="urn:1"><y xmlns="urn:2" z="1" a:z="2">t</y></a:x>');
    const child = childOf(root, 'urn:2', 'y');
    expect([root.name, root.namespace, child?.text]).toEqual(['x', 'urn:1', 't']);
    expect([...(child?.attributes ?? [])]).toEqual([
      ['z', '1'],
      ['{urn:1}z', '2'],
    ]);
    expect(childOf(root, 'urn:1', 'y')).toBeUndefined();
  });

  it('reads what xmlText wrote, in text and in attributes', () => {
    const text = ' \t\r\n<&>"\' ä€🌓\u{fffd}]]> ';
    const root = readXml(`<x y="${xmlText(text)}">${xmlText(text)}</x>`);
    expect([root.text, root.attributes.get('y')]).toEqual([text, text]);
  });

  it('keeps a long base64 as it is, wherever it stands', () => {
    const long = `${'Ab+/'.repeat(2048)}QQ==`;
    const [x, y, z] = readXml(
      `<r><!-- >${long}< --><x>${long}</x><y>a<z>${long}</z>${long}</y><z><![CDATA[>${long}<]]></z></r>`,
    ).children;
    expect([x?.text, y?.text, y?.children[0]?.text, z?.text]).toEqual([long, `a${long}`, long, `>${long}<`]);
    expect(() => readXml(`<x y=">${long}<"/>`)).toThrow(SyntaxError);
    expect(() => readXml(`<x>${long}<`)).toThrow(SyntaxError);
  });

  it('keeps names that objects have', () => {
    const { attributes } = readXml('<x __proto__="1" constructor="2"/>');
    expect([attributes.get('__proto__'), attributes.get('constructor')]).toEqual(['1', '2']);
  });

  it.each([
    ['', 'document must contain a root element'],
    ['<html><br></html>', 'unexpected close tag'],
    ['<x>&nbsp;</x>', 'undefined entity'],
    ['<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 'a document type is not allowed'],
    ['<?go now?><x/>', 'a processing instruction is not allowed'],
    ['<p:x/>', 'unbound namespace prefix'],
    ['<x>\0</x>', 'disallowed character'],
    [`${'<x>'.repeat(5000)}`, 'nested more than 100 deep'],
    ['<x y="1" y="2"/>', 'duplicate attribute'],
  ])('refuses %j', (text, why) => {
    expect(() => readXml(text)).toThrow(SyntaxError);
    expect(() => readXml(text)).toThrow(why);
  });
});

it('xmlText throws for what XML cannot say', () => {
  expect(() => xmlText('a\0b')).toThrow(new RangeError('XML has no character U+0000'));
  expect(() => xmlText('\ud83c')).toThrow(RangeError);
});
