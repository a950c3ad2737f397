// Checks titles and status lists with what Node brings itself: no package at all.
//
// Reads the same JSON object as Python/title_checker.py and prints a JSON list of booleans: true when the title would be
// shown as valid.
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const LIST_BYTES = 1 << 17;

const require = (condition, reason) => {
  if (!condition) throw new Error(reason);
};

// JSON.parse keeps the last of two members of a name; a text that it does not give back has more than it says.
const parsed = (part) => {
  require(/^[A-Za-z0-9_-]+$/.test(part), 'base64url');
  const text = Buffer.from(part, 'base64url').toString('utf8');
  const value = JSON.parse(text);
  require(JSON.stringify(value).length === text.length, 'a claim stands there twice');
  return value;
};

const opened = (token, type, keys) => {
  const parts = token.split('.');
  require(parts.length === 3, 'parts');
  const header = parsed(parts[0]);
  require(header.alg === 'EdDSA' && header.typ === type && !('crit' in header), 'header');
  const jwk = keys.keys.find((key) => key.kid === header.kid);
  require(jwk, 'key');
  const signature = Buffer.from(parts[2], 'base64url');
  require(signature.toString('base64url') === parts[2], 'signature');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  require(verify(null, Buffer.from(`${parts[0]}.${parts[1]}`), key, signature), 'forged');
  return parsed(parts[1]);
};

const checkTitle = (text, keys, issuer, now) => {
  const token = text.endsWith('~') ? text.slice(0, -1) : text;
  const claims = opened(token, 'dc+sd-jwt', keys);
  require(claims.iss === issuer && claims.vct === `${issuer}/vct/forerunner/1`, 'issuer or type');
  require(Number.isInteger(claims.nbf) && Number.isInteger(claims.exp), 'times');
  require(claims.nbf <= now && now < claims.exp, 'outside its time');
  return claims.status.status_list;
};

const checkList = (token, keys, place, now) => {
  const claims = opened(token, 'statuslist+jwt', keys);
  require(claims.sub === place.uri && claims.status_list.bits === 1, 'another list');
  require(claims.iat <= now && now < claims.exp, 'outside its time');
  const bits = inflateSync(Buffer.from(claims.status_list.lst, 'base64url'), { maxOutputLength: LIST_BYTES });
  require(place.idx < bits.length * 8, 'no such entry');
  require(((bits[place.idx >> 3] >> (place.idx & 7)) & 1) === 0, 'ended');
};

const given = JSON.parse(readFileSync(0, 'utf8'));
const now = Date.now() / 1000;
const answers = given.cases.map(({ kind, token }) => {
  const [title, list] = kind === 'title' ? [token, given.list] : [given.title, token];
  try {
    checkList(list, given.lists, checkTitle(title, given.titles, given.issuer, now), now);
    return true;
  } catch {
    return false;
  }
});
console.log(JSON.stringify(answers));
