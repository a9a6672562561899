-- Taking coupons: the id is looked up first, then the checks from the cheapest, then the lowest free numbers.
-- The order of locks is always campaign, order, coupon, account.

-- Everything the application needs to know of one order, in one answer.
create function order_facts(p_collective uuid, p_order uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', o.id, 'campaignId', o.campaign_id, 'quantity', o.quantity, 'amountMinor', o.amount_minor::text,
    'currency', o.currency, 'method', o.method, 'status', o.status, 'key', o.key, 'reference', o.reference,
    'name', o.name, 'anonymous', o.anonymous, 'email', o.email, 'phone', o.phone, 'lang', o.lang, 'word', o.word,
    'ambassadorId', o.ambassador_id, 'createdAt', o.created_at, 'expiresAt', o.expires_at, 'paidAt', o.paid_at,
    'numbers', coalesce((select jsonb_agg(c.number order by c.number) from coupon c
      where c.collective_id = o.collective_id and c.order_id = o.id), '[]'),
    'payment', (select jsonb_build_object('id', p.id, 'status', p.status, 'provider', p.provider, 'attempt', p.attempt)
      from payment p where p.collective_id = o.collective_id and p.order_id = o.id
      order by (p.status = 'paid') desc, p.attempt desc limit 1))
  from "order" o where o.collective_id = p_collective and o.id = p_order
$$;

-- Frees the numbers of every reservation of one campaign whose time is over. Returns how many orders expired.
create function expire_reservations(p_collective uuid, p_campaign uuid, p_now timestamptz) returns integer
language plpgsql as $$
declare ended uuid[];
begin
  perform 1 from campaign where collective_id = p_collective and id = p_campaign for update;
  with due as (
    update "order" set status = 'expired', ended_at = p_now
    where collective_id = p_collective and campaign_id = p_campaign and status = 'reserved' and expires_at <= p_now
    returning id
  )
  select array_agg(id) into ended from due;
  if ended is null then return 0; end if;
  update coupon set state = 'available', order_id = null
    where collective_id = p_collective and order_id = any(ended) and state = 'reserved';
  insert into event (collective_id, id, campaign_id, kind, at, actor, order_id)
    select p_collective, gen_random_uuid(), p_campaign, 'order_expired', p_now, 'clock', e from unnest(ended) e;
  return cardinality(ended);
end $$;

-- Reserves the lowest free numbers for one order. The caller holds the campaign's lock.
create function reserve_numbers(p_collective uuid, p_campaign uuid, p_order uuid, p_quantity integer)
returns integer language plpgsql as $$
declare taken integer;
begin
  update coupon set state = 'reserved', order_id = p_order
    -- An array, not a join: the numbers are found by their key also before the first statistics are gathered.
    where collective_id = p_collective and campaign_id = p_campaign and number = any (array(
      select number from coupon
      where collective_id = p_collective and campaign_id = p_campaign and state = 'available'
      order by number limit p_quantity));
  get diagnostics taken = row_count;
  return taken;
end $$;

-- outcome, in the order of the checks: exists, campaign_unknown, campaign_not_live, quantity_invalid, sold_out,
-- only_n_left (with remaining), created.
create function place_order(p_collective uuid, p_campaign uuid, p_wish jsonb, p_now timestamptz, p_today date,
  out outcome text, out remaining integer, out facts jsonb) language plpgsql as $$
declare
  the_order uuid := (p_wish->>'id')::uuid;
  wanted integer := (p_wish->>'quantity')::integer;
  c campaign;
begin
  facts := order_facts(p_collective, the_order);
  if facts is not null then outcome := 'exists'; return; end if;

  select * into c from campaign where collective_id = p_collective and id = p_campaign for update;
  if not found then outcome := 'campaign_unknown'; return; end if;
  -- Again under the lock: the same id may have been placed while this call waited for it.
  facts := order_facts(p_collective, the_order);
  if facts is not null then outcome := 'exists'; return; end if;

  if c.scheduled_at is null or c.scheduled_at > p_now or c.closed_at <= p_now or p_today not between c.first_day and c.last_day then
    outcome := 'campaign_not_live'; return;
  end if;
  if wanted is null or wanted not between 1 and 50 then outcome := 'quantity_invalid'; return; end if;
  if c.available < wanted and expire_reservations(p_collective, p_campaign, p_now) > 0 then
    select * into c from campaign where collective_id = p_collective and id = p_campaign;
  end if;
  if c.available = 0 then outcome := 'sold_out'; return; end if;
  if c.available < wanted then outcome := 'only_n_left'; remaining := c.available; return; end if;

  insert into "order" (collective_id, id, campaign_id, quantity, price_minor, currency, amount_minor, method, status,
      key, reference, name, anonymous, email, phone, lang, word, ambassador_id, consent_at, created_at, expires_at)
    values (p_collective, the_order, p_campaign, wanted, c.price_minor, c.currency, c.price_minor * wanted,
      p_wish->>'method', 'reserved', p_wish->>'key', p_wish->>'reference', p_wish->>'name',
      (p_wish->>'anonymous')::boolean, p_wish->>'email', p_wish->>'phone', p_wish->>'lang', p_wish->>'word',
      (p_wish->>'ambassadorId')::uuid, p_now, p_now, (p_wish->>'expiresAt')::timestamptz)
    on conflict (collective_id, id) do nothing;
  -- The same id came in for another campaign at the same moment: the lock of this one could not see it.
  if not found then outcome := 'exists'; facts := order_facts(p_collective, the_order); return; end if;
  if reserve_numbers(p_collective, p_campaign, the_order, wanted) <> wanted then
    raise exception 'coupons_conserved: the counter says % free, the coupons say less', c.available;
  end if;
  if p_wish->>'paymentId' is not null then
    insert into payment (collective_id, id, order_id, provider, attempt, amount_minor, currency, status, created_at)
      values (p_collective, (p_wish->>'paymentId')::uuid, the_order, p_wish->>'provider', 1,
        c.price_minor * wanted, c.currency, 'started', p_now);
  end if;
  insert into event (collective_id, id, campaign_id, kind, at, actor, order_id, data)
    values (p_collective, (p_wish->>'eventId')::uuid, p_campaign, 'order_placed', p_now, 'contributor', the_order,
      jsonb_build_object('quantity', wanted, 'method', p_wish->>'method'));
  outcome := 'created';
  facts := order_facts(p_collective, the_order);
end $$;

revoke execute on function order_facts, expire_reservations, reserve_numbers, place_order from public;
grant execute on function order_facts, expire_reservations, reserve_numbers, place_order to twiza_app;
