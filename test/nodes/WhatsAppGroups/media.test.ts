import type { INodeParameters } from 'n8n-workflow';
import type { ProviderId } from '../../../nodes/WhatsAppGroups/contract/provider';
import { jpeg } from '../../support/images';
import { fileOf } from '../../support/n8n';
import { startOtherHost } from '../../support/otherHost';
import { byId, stage } from '../../support/sandbox';

const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const team = '120363400000000001@g.us';
const picture = jpeg(64, 48);
const account = { session: byId('default'), phoneNumber: byId('106540352242922') };

interface Sent {
	mediaId?: string;
	mediaUrl?: string;
	message?: { id: string; serializedId: string };
}

const places: ReadonlyArray<[ProviderId, string | undefined, string, string]> = [
	['dialog360', undefined, `dialog360/groups/${inquiry}`, '16505551234'],
	['meta', undefined, `meta/groups/${inquiry}`, '16505551234'],
	['sinch', undefined, 'sinch/groups/5519900000000-1513616971', '5519911112222'],
	['waha', 'WEBJS', `waha/webjs/groups/${team}`, '447700900111'],
	['waha', 'NOWEB', `waha/noweb/groups/${team}`, '447700900111'],
	['waha', 'GOWS', `waha/gows/groups/${team}`, '447700900111'],
];

type Stage = ReturnType<typeof stage>;

const get = (media: unknown) =>
	({ ...account, outputPropertyName: 'data', media }) as unknown as INodeParameters;

/** What an expression gives. */
const given = (media: unknown): [INodeParameters, { items: Array<{ json: object }> }] => [
	get('={{ $json.media }}'),
	{ items: [{ json: { media } }] },
];

async function bytesIn(on: Stage, [parameters, more]: ReturnType<typeof given>): Promise<Buffer> {
	const [item] = await on.runItems('message.getMedia', parameters, more as never);
	return await fileOf(item.binary!.data);
}

describe.each(places)('Message: Get Media at %s %s', (provider, engine, group, phone) => {
	const on = stage(provider, engine);
	const send = async () => {
		const body = { phone, type: 'image', mimeType: 'image/jpeg', data: picture.toString('base64') };
		const sent = (await on.control('post', `/${group}/message`, body)) as Sent;
		return (sent.mediaId ?? sent.mediaUrl ?? sent.message?.serializedId) as string;
	};

	it('gives the file of a message by what names it', async () => {
		const [item] = await on.runItems('message.getMedia', get(await send()));
		expect((await fileOf(item.binary!.data)).equals(picture)).toBe(true);
		expect(item.json).toEqual({
			fileName: expect.stringMatching(/^(image\.jpg|file)/),
			mimeType: expect.any(String),
			fileSize: picture.length,
		});
	});

	it('takes message.media of the trigger, and the message as well', async () => {
		const key = await send();
		const isUrl = key.startsWith('http');
		const media = { id: isUrl ? null : key, url: isUrl ? key : null, mimeType: 'image/jpeg' };
		expect((await bytesIn(on, given(media))).equals(picture)).toBe(true);
		expect((await bytesIn(on, given({ text: 'Look', media }))).equals(picture)).toBe(true);
	});

	it.each([
		['nothing', null, 'The expression in'],
		['an empty text', '', 'is empty'],
		['an object without file', { text: 'Hi', media: { mimeType: 'image/png' } }, 'is neither'],
		['a list', ['1'], 'is neither'],
		['true', true, 'is neither'],
		['an object that was put into a text', '[object Object]', 'is neither'],
	])('refuses %s before anything is asked', async (_, value, words) => {
		const error = await on.fail('message.getMedia', ...(given(value) as [INodeParameters, never]));
		expect(error.message).toContain("'Media ID or URL'");
		expect(error.message).toContain(words);
		expect(await on.seen()).toEqual([]);
	});

	it('tells a file that there is not', async () => {
		const missing = provider === 'sinch' ? `${on.sandbox().cdnUrl}/gone` : '1234567890123456';
		const error = await on.fail('message.getMedia', get(missing));
		expect(error.message.length).toBeGreaterThan(0);
		expect(error.description).toEqual(expect.stringMatching(/\.$/));
	});
});

describe('Message: Get Media', () => {
	const waha = stage('waha', 'GOWS');
	const meta = stage('meta');
	const sinch = stage('sinch');

	it('Sinch knows no IDs', async () => {
		const error = await sinch.fail('message.getMedia', get('1234'));
		expect(error.message).toBe('Sinch knows files by their URL only');
		expect(await sinch.seen()).toEqual([]);
	});

	it('WAHA: an address of the server itself is asked at the base URL, with the key', async () => {
		const body = { phone: '447700900111', type: 'image', data: picture.toString('base64') };
		const { message } = (await waha.control(
			'post',
			`/waha/gows/groups/${team}/message`,
			body,
		)) as Required<Sent>;
		await waha.control('delete', '/requests');
		const url = `http://localhost:3000/api/files/default/${message.id}`;
		expect((await bytesIn(waha, given(url))).equals(picture)).toBe(true);
		const [request, ...others] = await waha.seen();
		expect(others).toEqual([]);
		expect(request.path).toBe(`/gows/api/files/default/${message.id}`);
		expect(request.headers['x-api-key']).toBeDefined();
		await waha.control('post', '/waha/gows/expire-files', {});
		expect((await waha.fail('message.getMedia', get(url))).description).toContain('expired');
		expect((await bytesIn(waha, given({ id: message.serializedId, url }))).equals(picture)).toBe(
			true,
		);
	});

	it.each(['http://localhost:3000/other/api/files/a', 'https://localhost:3000.example.invalid/x'])(
		'WAHA: %s is no address of the server',
		async (url) => {
			await waha.fail('message.getMedia', get(url));
			expect(await waha.seen()).toEqual([]);
		},
	);

	it('Meta: the token goes to no host that only looks like Meta’s', async () => {
		const host = await startOtherHost((_request, response) => response.end(picture));
		const { port } = new URL(host.url);
		for (const url of [
			host.url,
			`http://lookaside.fbsbx.com@127.0.0.1:${port}/a`,
			`http://lookaside.fbsbx.com:${port}/a`,
			'https://lookaside.fbsbx.com.example.invalid/a',
		]) {
			const error = await meta.fail('message.getMedia', get(url));
			expect(error.message).toBe('The address of the file is none of Meta');
		}
		await host.close();
		expect(host.requests).toEqual([]);
		expect(await meta.seen()).toEqual([]);
	});

	it('Meta: a file whose size is told to be too large is not downloaded', async () => {
		await meta.control('post', '/faults', {
			provider: 'meta',
			kind: 'answer',
			status: 200,
			body: { url: `${meta.sandbox().url}/meta/x`, id: '1', file_size: 101 * 1024 * 1024 },
		});
		const error = await meta.fail('message.getMedia', get('1'));
		expect(error.description).toBe('It is larger than 100 MB.');
		expect(await meta.seen()).toHaveLength(1);
	});
});
