import { randomBytes } from 'node:crypto';

export interface FilePart {
	data: Buffer;
	mimeType: string;
	fileName: string;
}

/**
 * A `multipart/form-data` body. n8n's request helper takes the `form-data` package's objects only,
 * and a community node may not depend on that package.
 */
export function multipart(parts: Record<string, string | FilePart>): {
	body: Buffer;
	contentType: string;
} {
	const boundary = `----n8n${randomBytes(16).toString('hex')}`;
	const chunks = Object.entries(parts).flatMap(([name, part]) => [
		Buffer.from(`--${boundary}\r\n${partHeaders(name, part)}\r\n\r\n`),
		typeof part === 'string' ? Buffer.from(part) : part.data,
		Buffer.from('\r\n'),
	]);
	return {
		body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}

function partHeaders(name: string, part: string | FilePart): string {
	const disposition = `Content-Disposition: form-data; name="${name}"`;
	if (typeof part === 'string') return disposition;
	const fileName = part.fileName.replace(/["\r\n\\]/g, '_');
	return `${disposition}; filename="${fileName}"\r\nContent-Type: ${part.mimeType}`;
}
