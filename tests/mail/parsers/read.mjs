// Reads messages by Node's mailparser, and prints what it finds: a line of JSON each.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, ...files] = process.argv.slice(2);
const { simpleParser } = createRequire(`${folder}/`)("mailparser");
const plain = { skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true };
for (const file of files) {
    const found = await simpleParser(readFileSync(file), plain);
    console.log(JSON.stringify({
        from: found.from.value,
        to: found.to.value,
        subject: found.subject,
        message_id: found.messageId,
        list: found.headers.get("list"),
        text: found.text,
        html: found.html,
        files: found.attachments.map((each) => ({
            name: each.filename,
            type: each.contentType,
            cid: each.cid ?? "",
            disposition: each.contentDisposition,
            sha256: createHash("sha256").update(each.content).digest("hex"),
        })),
    }));
}
