-- A point for each whole unit of money that a customer ever spent.
alter table customers add column loyalty_points int not null default 0;

update customers c
set loyalty_points = spent.cents / 100
from (
    select o.customer_id, sum(l.quantity * p.price_cents) as cents
    from orders o
    join order_lines l on l.order_id = o.id
    join products p on p.id = l.product_id
    group by o.customer_id
) spent
where spent.customer_id = c.id;
