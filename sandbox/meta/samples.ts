import { groupIdFrom } from '../cloudApi/ids';
import { documentedGroups, type SampleGroup } from '../cloudApi/samples';
import { NUMBERS } from './model';

const [first, second] = NUMBERS;

const eventGroups: SampleGroup[] = [
	{
		id: groupIdFrom(second.phone, '120363402222333344'),
		subject: 'Garden Fair',
		description: 'Stands, times, directions',
		joinApprovalMode: 'approval_required',
		createdAt: 1756000000,
		participants: [
			{ waId: '16505551234', name: 'Sheena Nelson' },
			{ waId: '4915112345678', name: 'Jana Klein' },
		],
		asking: [{ waId: '447700900789', name: 'Amir Khan' }],
	},
	{
		id: groupIdFrom(second.phone, '120363402222333355'),
		subject: 'Volunteers',
		joinApprovalMode: 'auto_approve',
		createdAt: 1759000000,
		participants: [{ waId: '447700900456', name: 'Priya Shah' }],
		asking: [],
	},
];

/** The groups of each number at first, by its id. */
export const sampleGroups: Readonly<Record<string, SampleGroup[]>> = {
	[first.phoneNumberId]: documentedGroups(first.phone),
	[second.phoneNumberId]: eventGroups,
};
