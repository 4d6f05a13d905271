/** A customer, and the tenant that it belongs to. */
export interface Customer {
  readonly customerId: string;
  readonly tenantId: string;
}

const NAMES = (
  'acme adler alder amber anchor apex arbor aspen atlas aurora basalt beacon birch bluebird bramble ' +
  'bright canyon cedar cinder citrus cobalt copper coral crest delta dune eagle echo ember everest ' +
  'falcon fern fjord flint garnet glacier granite harbor hazel helix heron horizon indigo iris ivory ' +
  'jasper juniper kestrel lagoon lantern larch linden lotus lumen magnolia maple marlin meadow mesa ' +
  'mistral nimbus nova oak olive onyx opal orchid osprey otter pebble pine quartz'
).split(' ');

const TRADES = (
  'robotics analytics health logistics media foods energy games travel bank labs motors insurance ' +
  'retail security studios telecom textiles biotech aerospace apparel audio books capital careers ' +
  'ceramics chemicals cinema cloud coffee commerce design devices dental education events farms ' +
  'fashion fitness freight furniture gardens glass homes hotels imaging instruments journals kitchens ' +
  'legal lighting maps marine markets medical metals mobility networks optics outdoors payments pharma ' +
  'photonics power press realty records research resorts shipping'
).split(' ');

const TENANTS = (
  'northwind-group meridian-holdings silverlake-partners bluepeak-industries granby-ventures ' +
  'tallgrass-collective oakhurst-international redwater-systems highfield-works stonebridge-alliance'
).split(' ');

/**
 * The first `count` customers of a made-up directory, dealt to the first `tenants` tenants in turn. A customer's name
 * depends on nothing but its place, a tenant's too; every name occurs once.
 *
 * @param count at least 0
 * @param tenants at least 1
 */
export function customersOf(count: number, tenants: number): readonly Customer[] {
  return Array.from({ length: count }, (_, index) => ({
    customerId: customerName(index),
    tenantId: tenantName(index % tenants),
  }));
}

function customerName(index: number): string {
  const place = index % NAMES.length;
  const round = Math.floor(index / NAMES.length);
  // Each round pairs a name with the next trade, so that a pair comes again only when all have been used.
  const name = NAMES[place] ?? '';
  const trade = TRADES[(place + round) % TRADES.length] ?? '';
  return numbered(`${name}-${trade}`, Math.floor(round / TRADES.length));
}

function tenantName(index: number): string {
  return numbered(TENANTS[index % TENANTS.length] ?? '', Math.floor(index / TENANTS.length));
}

function numbered(name: string, timesUsed: number): string {
  return timesUsed === 0 ? name : `${name}-${timesUsed + 1}`;
}
