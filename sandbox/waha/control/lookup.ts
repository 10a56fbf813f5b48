import type { Request } from 'express';
import { z } from 'zod';
import { ControlError } from '../../shared/controlError';
import { waIdSchema } from '../../shared/people';
import { Refused } from '../errors';
import type { EngineName, Group, Person } from '../model';
import type { WahaServer } from '../server';

export type Servers = Readonly<Record<EngineName, WahaServer>>;

export const phoneBody = z.object({ phone: waIdSchema }).strict();

export function serverOf(servers: Servers, req: Request): WahaServer {
	const name = String(req.params.engine).toUpperCase();
	const server = (servers as Record<string, WahaServer | undefined>)[name];
	if (server) return server;
	throw new ControlError(404, `There is no engine ${String(req.params.engine)}`);
}

export function groupIn(servers: Servers, req: Request): { server: WahaServer; group: Group } {
	const server = serverOf(servers, req);
	const id = String(req.params.groupId);
	const group = server.groups.known(id);
	if (!group) throw new ControlError(404, `There is no group ${id}`);
	return { server, group };
}

export function personOf(server: WahaServer, phone: string): Person {
	return server.people.known({ kind: 'phone', digits: phone }) ?? server.people.add(phone);
}

export function allowed<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (error) {
		if (error instanceof Refused) throw new ControlError(409, `WhatsApp refuses: ${error.reason}`);
		throw error;
	}
}
