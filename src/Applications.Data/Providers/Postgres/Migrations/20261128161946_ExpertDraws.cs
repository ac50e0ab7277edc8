using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ExpertDraws : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "DrawId",
                table: "reviews",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Panel",
                table: "reviews",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "panel_draws",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BatchId = table.Column<Guid>(type: "uuid", nullable: false),
                    Round = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Purpose = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    SessionOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Categories = table.Column<string>(type: "text", nullable: false),
                    Groups = table.Column<string>(type: "text", nullable: false),
                    Request = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    RequestedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    RequestedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DecidedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecisionNote = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Commitment = table.Column<string>(type: "text", nullable: true),
                    Snapshot = table.Column<string>(type: "text", nullable: true),
                    SealedSeed = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    DrawnBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DrawnByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    DrawnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Record = table.Column<string>(type: "text", nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_panel_draws", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_panel_draws_BatchId_Round",
                table: "panel_draws",
                columns: new[] { "BatchId", "Round" });

            migrationBuilder.CreateIndex(
                name: "IX_panel_draws_Number",
                table: "panel_draws",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_panel_draws_RequestedAt_Id",
                table: "panel_draws",
                columns: new[] { "RequestedAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "panel_draws");

            migrationBuilder.DropColumn(
                name: "DrawId",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "Panel",
                table: "reviews");
        }
    }
}
