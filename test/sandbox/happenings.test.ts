import express from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { createDialog360 } from '../../sandbox/dialog360';
import type { CloudHappening } from '../../sandbox/cloudApi/happenings';
import type { Emulator } from '../../sandbox/emulator';
import { FileHost } from '../../sandbox/fileHost';
import { createSinch } from '../../sandbox/sinch';
import type { SinchHappening } from '../../sandbox/sinch/happenings';

/** What will be told by webhook, seen where the deliveries will listen. */
describe('what happens is announced', () => {
	const servers: Server[] = [];
	afterEach(() => servers.splice(0).forEach((server) => server.close()));

	async function serve({ api, control }: Emulator, headers: Record<string, string>) {
		const app = express().use('/control', express.json(), control).use(api);
		const server = createServer(app).listen(0, '127.0.0.1');
		servers.push(server);
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		return axios.create({ baseURL: `http://127.0.0.1:${port}`, headers });
	}

	it('by Sinch', async () => {
		const sinch = createSinch(new FileHost());
		const happened: SinchHappening[] = [];
		const stop = sinch.onHappening((happening) => happened.push(happening));
		const client = await serve(sinch, { ...sinch.credentials });
		const id = '5519900000000-1513616971';
		await client.post(`/control/groups/${id}/message`, { phone: '5519911112222', text: 'Hi' });
		const { data: sent } = await client.post('/v1/whatsapp/send', {
			destinations: [{ destination: id, recipientType: 'group', correlationId: 'c' }],
			message: { messageText: 'Hello' },
		});
		await client.post(`/control/messages/${sent.destination[0].id}/status`, { status: 'read' });
		stop();
		await client.post(`/control/groups/${id}/leave`, { phone: '5519911112222' });
		expect(happened).toMatchObject([
			{
				type: 'messageReceived',
				at: expect.any(Number),
				group: { id },
				person: { phone: '5519911112222' },
				content: { type: 'text', text: 'Hi' },
			},
			{ type: 'messageSent', message: { destination: id, correlationId: 'c' } },
			{ type: 'messageStatus', status: 'read', message: { destination: id } },
		]);
	});

	it('by 360dialog, with the request id that the answer gave', async () => {
		const dialog360 = createDialog360();
		const happened: CloudHappening[] = [];
		dialog360.onHappening((happening) => happened.push(happening));
		const client = await serve(dialog360, { 'D360-API-KEY': dialog360.credentials.apiKey });
		await client.put('/control/settings', { creationDelayMs: 0 });
		await client.post('/control/creation-failures', { code: 131214 });
		const create = () => client.post('/groups', { messaging_product: 'whatsapp', subject: 'Tea' });
		const failed = (await create()).data.request_id;
		const made = (await create()).data.request_id;
		const { id } = (await client.get('/groups')).data.data.groups.at(-1);
		await client.post(`/control/groups/${id}/join`, { phone: '16505551234' });
		const removal = await client.delete(`/groups/${id}/participants`, {
			data: {
				messaging_product: 'whatsapp',
				participants: [{ user: '+16505551234' }, { user: '16505550000' }],
			},
		});
		await client.post(`/groups/${id}`, { messaging_product: 'whatsapp', description: 'Leaves' });
		await client.post(`/control/groups/${id}/suspend`);
		await client.delete(`/groups/${id}`);
		expect(happened).toMatchObject([
			{ type: 'groupCreateFailed', requestId: failed, subject: 'Tea', errors: [{ code: 131214 }] },
			{ type: 'groupCreated', requestId: made, group: { subject: 'Tea' } },
			{ type: 'participantJoined', person: { waId: '16505551234' } },
			{
				type: 'participantsRemoved',
				requestId: removal.data.request_id,
				removed: ['+16505551234'],
				failed: [{ input: '16505550000', issue: { code: 131212 } }],
			},
			{ type: 'settingsUpdated', change: { subject: null, description: 'Leaves', picture: null } },
			{ type: 'groupSuspended' },
			{ type: 'groupDeleted', group: { id } },
		]);
	});

	it('by 360dialog, of people who ask to be let in', async () => {
		const dialog360 = createDialog360();
		const happened: CloudHappening[] = [];
		dialog360.onHappening((happening) => happened.push(happening));
		const client = await serve(dialog360, { 'D360-API-KEY': dialog360.credentials.apiKey });
		const { data: list } = await client.get('/groups');
		const [{ id }] = list.data.groups;
		await client.post(`/control/groups/${id}/request`, { phone: '16505550001' });
		await client.post(`/control/groups/${id}/revoke-request`, { phone: '16505550001' });
		const { data: asking } = await client.get(`/groups/${id}/join_requests`);
		const requests = asking.data.map((each: Record<string, string>) => each.join_request_id);
		await client.post(`/groups/${id}/join_requests`, {
			messaging_product: 'whatsapp',
			join_requests: requests,
		});
		expect(happened).toMatchObject([
			{ type: 'joinRequestCreated', request: { person: { waId: '16505550001' } } },
			{ type: 'joinRequestRevoked', request: { person: { waId: '16505550001' } } },
			{ type: 'joinRequestsApproved', requests: [{ id: requests[0] }, { id: requests[1] }] },
		]);
	});
});
