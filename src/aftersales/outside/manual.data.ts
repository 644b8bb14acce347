// The manual that travels with a bundle. It is read by somebody who has never heard of us, so it says each step with the tools of others.

export const manualZh = `# 怎样核验这份证据包

这份证据包不需要相信平台。下面每一步都用别人的工具，任何一步不通过，说明文件被改过。

## 里面有什么

| 文件 | 内容 |
| --- | --- |
| index.json | 目录：每条记录、每个原件，带摘要和存证序号 |
| evidence-list.pdf | 给人看的证据目录 |
| events/NNN-*.payload.json | 当时固定下来的内容（规范化 JSON） |
| events/NNN-*.salt | 32 字节随机盐 |
| events/NNN-*.leaf.json | 公开日志里的那一行，只有承诺值和时间 |
| events/NNN-*.tlog-proof、.spicy | 这一行在日志里的证明（C2SP tlog-proof） |
| checkpoint | 平台签名的日志检查点，全部证明都指向它 |
| checkpoint.text、checkpoint.sig、log.pub.pem | 同一个签名，拆成 openssl 能读的样子 |
| log.vkey、policy.txt | 日志的公钥，给透明日志的核验程序用 |
| files/ | 双方提交的原件，文件名开头是它的 SHA-256 |
| cases/ | 售后的陈述、经过、裁决和依据条款 |
| keys.json | 卡密（打码）和它入库时的承诺、到批次根的路径 |
| SHA256SUMS | 全部文件的 SHA-256 |

## 一条命令

    node verify.mjs .

或者在没有解压时：\`node verify.mjs 证据包.zip\`。程序只有一个文件，不联网，不装任何东西；哪一条不对，就写出是第几条、哪里不对。
Linux、macOS 上也可以 \`bash verify.sh\`，它只用 openssl、sha256sum、jq。

## 自己一步一步来

1. 文件没有被改：\`sha256sum -c SHA256SUMS\`
2. 日志的签名：\`openssl pkeyutl -verify -pubin -inkey log.pub.pem -rawin -in checkpoint.text -sigfile checkpoint.sig\`
3. 内容就是当时的内容：\`cat events/001-*.salt events/001-*.payload.json | openssl dgst -sha256 -binary | base64\`，结果等于 \`jq -r .c events/001-*.leaf.json\`
4. 这一行在日志里：用任何一种 RFC 6962 的实现核对 .tlog-proof，例如 \`spicy-torchwood -verify "$(cat log.vkey)" events/001-*.leaf.json\`（Debian 的 torchwood），或者 npm 的 @sigstore/verify
5. 没有漏掉：payload 里的 seq 从 1 连续，prev 等于上一条的承诺值；少一条就接不上
6. 公钥要从证据包以外再取一次：打开平台网站的 /log/log.vkey，和这里的 log.vkey 比。只有证据包里的公钥，不能证明不是别人造的

## 要知道的

- 这是可验证存证（透明日志），不是别的什么。它证明内容在那个时间已经存在、之后没有改过，不证明内容本身是真的。
- 时间是平台写下的时间；检查点有独立见证人签名的，看 checkpoint 里其余的签名行。
- 状态写着 pending 的记录还没有进入已签名的检查点，没有证明；过几秒再下载一次就有了。
- 状态写着 erased 的，内容已经按当事人的要求删除，只剩承诺值。
`;

export const manualEn = `# How to verify this bundle

You need not trust the platform. Each step uses tools of others; if one fails, a file was changed.

## What is in it

| file | content |
| --- | --- |
| index.json | every record and every original, with its hash and its place in the log |
| evidence-list.pdf | the same list for people |
| events/NNN-*.payload.json | what was fixed at the time, as canonical JSON (RFC 8785) |
| events/NNN-*.salt | 32 random bytes |
| events/NNN-*.leaf.json | the entry of the public log: a commitment and a time |
| events/NNN-*.tlog-proof, .spicy | the proof that the entry is in the log (C2SP tlog-proof) |
| checkpoint | the signed state of the log that all proofs lead to |
| checkpoint.text, checkpoint.sig, log.pub.pem | the same signature in parts that openssl reads |
| log.vkey, policy.txt | the key of the log, for verifiers of transparency logs |
| files/ | originals that the parties gave, named by their SHA-256 |
| cases/ | statements, course, decisions and the articles they cite |
| keys.json | codes, masked, with their commitment at the time of stocking and the path to the batch |
| SHA256SUMS | the SHA-256 of every file |

## One command

    node verify.mjs .

or, without unpacking, \`node verify.mjs bundle.zip\`. It is one file, needs no network and no packages, and names what is wrong in which record.
\`bash verify.sh\` does the same with openssl, sha256sum and jq only.

## Step by step

1. No file was changed: \`sha256sum -c SHA256SUMS\`
2. The signature of the log: \`openssl pkeyutl -verify -pubin -inkey log.pub.pem -rawin -in checkpoint.text -sigfile checkpoint.sig\`
3. The content is what was fixed: \`cat events/001-*.salt events/001-*.payload.json | openssl dgst -sha256 -binary | base64\` equals \`jq -r .c events/001-*.leaf.json\`
4. The entry is in the log: check the .tlog-proof with any implementation of RFC 6962, for example \`spicy-torchwood -verify "$(cat log.vkey)" events/001-*.leaf.json\` (Debian's torchwood), or @sigstore/verify from npm
5. Nothing is left out: seq in the payloads counts from 1, and prev is the commitment of the one before
6. Get the key once more from outside of this bundle: /log/log.vkey of the platform's site must be the log.vkey here. A key that comes with the bundle alone proves nothing

## What to know

- It is a transparency log. It proves that a content existed at its time and was not changed since, not that the content is true.
- Times are the platform's; where independent witnesses signed, their lines stand in the checkpoint.
- A record that is pending is in no signed checkpoint yet; download again in some seconds.
- A record that is erased had its content deleted at the wish of its person; the commitment remains.
`;

export const verifyScript = `#!/bin/bash
# Verifies this bundle with openssl, sha256sum and jq only. Inclusion proofs: see MANUAL.en.md, step 4, or run verify.mjs.
cd "$(dirname "$0")" || exit 2
bad=0
sha256sum --quiet -c SHA256SUMS || { echo "BAD: a file was changed"; bad=1; }
openssl pkeyutl -verify -pubin -inkey log.pub.pem -rawin -in checkpoint.text -sigfile checkpoint.sig >/dev/null 2>&1 || { echo "BAD: the signature of the checkpoint"; bad=1; }
if [ "$(head -n 3 checkpoint)" != "$(cat checkpoint.text)" ]; then echo "BAD: checkpoint.text is not of this checkpoint"; bad=1; fi
for leaf in events/*.leaf.json; do
  base="\${leaf%.leaf.json}"
  [ -f "$base.payload.json" ] || continue
  want="$(jq -r .c "$leaf")"
  have="$(cat "$base.salt" "$base.payload.json" | openssl dgst -sha256 -binary | base64)"
  if [ "$want" != "$have" ]; then echo "BAD: $base: the content is not what was fixed"; bad=1; fi
done
if [ $bad = 0 ]; then echo "GOOD"; else exit 1; fi
`;
