select o.id,
       c.name as customer,
       (select string_agg(l.quantity || ' x ' || p.name, ', ' order by l.line)
        from order_lines l join products p on p.id = l.product_id
        where l.order_id = o.id) as "what",
       o.status,
       to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as placed,
       e.processed_by as "processed by",
       to_char(e.processed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as processed
from orders o
join customers c on c.id = o.customer_id
left join order_events e on e.order_id = o.id
order by o.placed_at desc, o.id desc
limit 6
