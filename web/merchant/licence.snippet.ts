// What a programmer copies: nothing here is translated, and nothing is run by us.

type Shop = { readonly origin: string; readonly account: string; readonly publicKey: string };

export const curlKeygen = ({ origin, account }: Shop): string => `# activate this device
curl -X POST ${origin}/v1/accounts/${account}/machines \\
  -H 'Content-Type: application/vnd.api+json' -H 'Authorization: License <KEY>' \\
  -d '{"data":{"type":"machines","attributes":{"fingerprint":"<FINGERPRINT>","name":"laptop"},
       "relationships":{"license":{"data":{"type":"licenses","id":"<KEY>"}}}}}'

# validate at each start
curl -X POST ${origin}/v1/accounts/${account}/licenses/actions/validate-key \\
  -H 'Content-Type: application/vnd.api+json' \\
  -d '{"meta":{"key":"<KEY>","nonce":1,"scope":{"fingerprint":"<FINGERPRINT>"}}}'

# give the seat back
curl -X DELETE ${origin}/v1/machines/<FINGERPRINT> -H 'Authorization: License <KEY>'

# an encrypted file for a device without a network
curl '${origin}/v1/machines/<FINGERPRINT>/actions/check-out?encrypt=1' -H 'Authorization: License <KEY>'`;

export const curlPolar = ({
  origin,
  account,
}: Shop): string => `# activate: the fingerprint goes into the conditions
curl -X POST ${origin}/v1/customer-portal/license-keys/activate -H 'Content-Type: application/json' \\
  -d '{"key":"<KEY>","organization_id":"${account}","label":"laptop","conditions":{"fingerprint":"<FINGERPRINT>"}}'

# validate at each start, with the id that activate gave
curl -X POST ${origin}/v1/customer-portal/license-keys/validate -H 'Content-Type: application/json' \\
  -d '{"key":"<KEY>","organization_id":"${account}","activation_id":"<ID>"}'

# give the seat back
curl -X POST ${origin}/v1/customer-portal/license-keys/deactivate -H 'Content-Type: application/json' \\
  -d '{"key":"<KEY>","organization_id":"${account}","activation_id":"<ID>"}'`;

export const typescript = ({
  origin,
  account,
  publicKey,
}: Shop): string => `import { createHash, createPublicKey, randomInt, verify } from 'node:crypto';

const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519',
  x: Buffer.from('${publicKey}', 'hex').toString('base64url') } });

export async function isLicensed(key: string, fingerprint: string): Promise<boolean> {
  const url = new URL('/v1/accounts/${account}/licenses/actions/validate-key', '${origin}');
  const nonce = randomInt(2 ** 31);
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ meta: { key, nonce, scope: { fingerprint } } }) });
  const body = await answer.text();

  // Trust nothing that is not signed by the key above: a fake server cannot do that.
  const digest = \`sha-256=\${createHash('sha256').update(body).digest('base64')}\`;
  const signature = /signature="([^"]+)"/.exec(answer.headers.get('keygen-signature') ?? '')?.[1] ?? '';
  const text = [\`(request-target): post \${url.pathname}\`, \`host: \${url.host}\`,
    \`date: \${answer.headers.get('date')}\`, \`digest: \${digest}\`].join('\\n');
  if (!verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))) return false;

  const { meta } = JSON.parse(body);
  return meta.valid && meta.nonce === nonce;
}`;
