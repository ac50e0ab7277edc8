using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.SqlServer.Migrations
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
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Panel",
                table: "reviews",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "panel_draws",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    BatchId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Round = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Purpose = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Number = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    SessionOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Categories = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Groups = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Request = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    RequestedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RequestedByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    RequestedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    DecidedByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DecisionNote = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Commitment = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Snapshot = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    SealedSeed = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    DrawnBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    DrawnByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    DrawnAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Record = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
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
