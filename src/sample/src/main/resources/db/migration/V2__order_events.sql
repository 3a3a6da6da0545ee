-- What is to be done about an order, written with it in one transaction: an event that the broker loses is found here.
create table order_events (
    order_id bigint primary key references orders,
    placed_at timestamptz not null default now(),
    processed_at timestamptz,
    processed_by text
);
